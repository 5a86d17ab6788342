// Reads the merged API description and writes it so that two of them differ only where the API does: keys sorted, and
// without operation ids, which say method and path once more. Types are looked up by path.
import { readFileSync } from 'node:fs';

const sorted = (value) => {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.keys(value).filter((key) => key !== 'operationId').sort().map((key) => [key, sorted(value[key])]));
};
process.stdout.write(`${JSON.stringify(sorted(JSON.parse(readFileSync(0, 'utf8'))), null, 1)}\n`);
