import { useEffect } from 'react';

import type { Outbox } from './outbox';

const AGAIN_MS = 20_000;

/** Sends what waits: at the start, when the network is back, when the page is looked at again, and now and then. */
export function useFlushing(outbox: Outbox): void {
  useEffect(() => {
    const flush = () => void outbox.flush().catch(() => undefined);
    const looked = () => document.visibilityState === 'visible' && flush();
    flush();
    const timer = setInterval(looked, AGAIN_MS);
    window.addEventListener('online', flush);
    document.addEventListener('visibilitychange', looked);
    return () => {
      clearInterval(timer);
      window.removeEventListener('online', flush);
      document.removeEventListener('visibilitychange', looked);
    };
  }, [outbox]);
}
