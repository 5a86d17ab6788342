// The phone's app shell: kept on the phone, so that it opens without a network. Data is never kept here; the app does that.
// `scripts/service-worker.mjs` puts the names of the files in.
const SHELL = self.__SHELL__;
const VERSION = self.__VERSION__;
const PAGE = '/m';
const KEPT = `sluice-shell-${VERSION}`;

self.addEventListener('install', (event) => {
  const keep = async () => {
    const cache = await caches.open(KEPT);
    await cache.addAll(SHELL.map((path) => new Request(path, { cache: 'reload' })));
    await self.skipWaiting();
  };
  event.waitUntil(keep());
});

self.addEventListener('activate', (event) => {
  const tidy = async () => {
    const names = await caches.keys();
    await Promise.all(names.filter((name) => name.startsWith('sluice-shell-') && name !== KEPT).map((name) => caches.delete(name)));
    await self.clients.claim();
  };
  event.waitUntil(tidy());
});

async function kept(path) {
  const cache = await caches.open(KEPT);
  return cache.match(path);
}

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin) return;
  const path = request.mode === 'navigate' && (pathname === PAGE || pathname.startsWith(`${PAGE}/`)) ? PAGE : pathname;
  if (!SHELL.includes(path)) return;
  event.respondWith(kept(path).then((found) => found ?? fetch(request)));
});
