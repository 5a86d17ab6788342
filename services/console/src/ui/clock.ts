/** How far the server's clock is ahead of this machine's: demonstrations move theirs. */
let ahead = 0;

export function now(): Date {
  return new Date(Date.now() + ahead);
}

/** Takes the server's time as it was just answered. */
export function setServerTime(iso: string): void {
  ahead = new Date(iso).getTime() - Date.now();
}
