// What a first visit of the desk loads: the scripts of index.html, compressed. Fails above the limit.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const LIMIT_KB = 350;
const page = readFileSync('dist/index.html', 'utf8');
const scripts = [...page.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)].map((match) => match[1]);
const bytes = scripts.reduce((sum, name) => sum + gzipSync(readFileSync(`dist/${name}`), { level: 9 }).length, 0);
const kb = bytes / 1024;
console.log(`desk, first load: ${kb.toFixed(0)} KiB of JavaScript (gzip) in ${scripts.length} files; limit ${LIMIT_KB}`);
if (kb > LIMIT_KB) process.exit(1);
