// Writes a `.gz` beside every file that gains by it; the gateway serves it to browsers that take it.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

for (const name of readdirSync('dist', { recursive: true })) {
  if (!/\.(js|css|html|svg|json)$/.test(name)) continue;
  const path = join('dist', name);
  const bytes = readFileSync(path);
  const zipped = gzipSync(bytes, { level: 9 });
  if (zipped.length < bytes.length) writeFileSync(`${path}.gz`, zipped);
}
