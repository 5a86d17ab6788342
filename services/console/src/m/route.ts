import { useSyncExternalStore } from 'react';

const CHANGED = 'sluice-route';

function listen(tell: () => void): () => void {
  window.addEventListener('popstate', tell);
  window.addEventListener(CHANGED, tell);
  return () => {
    window.removeEventListener('popstate', tell);
    window.removeEventListener(CHANGED, tell);
  };
}

/** `/m/visit/42` → `['visit', '42']` */
export function useRoute(): string[] {
  const path = useSyncExternalStore(listen, () => window.location.pathname);
  return path.split('/').filter(Boolean).slice(1);
}

export function go(path: string): void {
  window.history.pushState(null, '', `/m${path}`);
  window.dispatchEvent(new Event(CHANGED));
  window.scrollTo(0, 0);
}
