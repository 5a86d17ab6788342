/** How far the server's clock is ahead of this machine's: demonstrations move theirs. */
let ahead = 0;
const listeners = new Set<() => void>();

export function now(): Date {
  return new Date(Date.now() + ahead);
}

/** Takes the server's time as it was just answered. */
export function setServerTime(iso: string): void {
  ahead = new Date(iso).getTime() - Date.now();
  for (const listener of listeners) listener();
}

/** Tells when the server's clock turns out to be another one; answers how to stop it. */
export function onServerTime(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
