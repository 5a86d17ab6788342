// Every package that the lockfile installs must have a licence that may be used here.
import { readFileSync } from 'node:fs';

/** Goes into what is served. */
const SHIPPED = /^(MIT|Apache-2\.0|BSD-2-Clause|BSD-3-Clause|ISC|0BSD)$/;
/** Tools that stay on the developer's machine may also be MPL, Python-2.0 or public domain. */
const TOOLS = /^(MIT|Apache-2\.0|BSD-2-Clause|BSD-3-Clause|ISC|0BSD|MPL-2\.0|Python-2\.0|CC0-1\.0|CC-BY-4\.0|BlueOak-1\.0\.0|Unlicense)$/;

const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
const refused = [];
for (const [path, entry] of Object.entries(packages)) {
  if (path === '') continue;
  if (entry.resolved) refused.push(`${path}: the lockfile names a registry`);
  const allowed = entry.dev || entry.devOptional || entry.optional ? TOOLS : SHIPPED;
  const licence = entry.license ?? '';
  const names = licence.replace(/[()]/g, '').split(/ OR /);
  if (!names.some((name) => allowed.test(name))) refused.push(`${path}: ${licence || 'no licence'}`);
}
for (const line of refused) console.error(line);
console.log(`${Object.keys(packages).length - 1} packages, ${refused.length} refused`);
process.exit(refused.length === 0 ? 0 : 1);
