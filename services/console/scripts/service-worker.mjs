// Writes dist/sw.js: the phone's service worker with the names of every file that the phone's page needs.
import { createHash } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';

const ENTRY = 'm.html';
const BESIDE = ['/m', '/icon.svg', '/icon-192.png', '/m.webmanifest'];
const manifest = JSON.parse(readFileSync('dist/.vite/manifest.json', 'utf8'));

const needed = new Set();
const visit = (name) => {
  const chunk = manifest[name];
  if (!chunk || needed.has(name)) return;
  needed.add(name);
  for (const other of [...(chunk.imports ?? []), ...(chunk.dynamicImports ?? [])]) visit(other);
};
visit(ENTRY);
const files = [...needed].flatMap((name) => [manifest[name].file, ...(manifest[name].css ?? [])]).map((file) => `/${file}`);
const shell = [...BESIDE, ...new Set(files)].sort();
const page = readFileSync('dist/m.html');
const version = createHash('sha256').update(JSON.stringify(shell)).update(page).digest('hex').slice(0, 12);
const source = readFileSync('src/m/sw.js', 'utf8');
writeFileSync('dist/sw.js', source.replace('self.__SHELL__', JSON.stringify(shell)).replace('self.__VERSION__', JSON.stringify(version)));
// The gateway serves what lies in dist; the list of chunks is for building only.
rmSync('dist/.vite', { recursive: true });
