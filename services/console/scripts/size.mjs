// What a first visit loads: the scripts of a page, compressed. Fails above the page's limit.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const LIMITS_KB = { desk: ['index.html', 350], phone: ['m.html', 120] };

let failed = false;
for (const [name, [file, limit]] of Object.entries(LIMITS_KB)) {
  const page = readFileSync(`dist/${file}`, 'utf8');
  const loaded = [...page.matchAll(/(?:src|href)="\/(assets\/[^"]+\.(?:js|css))"/g)].map((match) => match[1]);
  const scripts = loaded.filter((path) => path.endsWith('.js'));
  const bytes = scripts.reduce((sum, path) => sum + gzipSync(readFileSync(`dist/${path}`), { level: 9 }).length, 0);
  const kb = bytes / 1024;
  console.log(`${name}, first load: ${kb.toFixed(0)} KiB of JavaScript (gzip) in ${scripts.length} files; limit ${limit}`);
  failed ||= kb > limit;
}
process.exit(failed ? 1 : 0);
