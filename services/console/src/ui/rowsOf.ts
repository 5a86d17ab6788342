import type { Pages } from '../api/whereSeen';

interface Rows<T> {
  rows: T[];
  /** The number of each page's first row. */
  starts: number[];
}

/**
 * The rows of all pages, each once: a record that has moved stands on the page where it was seen last.
 */
export function rowsOf<T>({ pages, pageParams }: Pages<T>, stale: ReadonlySet<unknown>, keyOf: (row: T) => string): Rows<T> {
  const isStale = pages.map((_, at) => stale.has(pageParams[at]));
  const fresh = new Set<string>();
  if (stale.size > 0) pages.forEach(({ items }, at) => isStale[at] || items.forEach((row) => fresh.add(keyOf(row))));
  const taken = new Set<string>();
  const [rows, starts]: [T[], number[]] = [[], []];
  pages.forEach(({ items }, at) => {
    starts.push(rows.length);
    for (const row of items) {
      const key = keyOf(row);
      if (taken.has(key) || (isStale[at] && fresh.has(key))) continue;
      taken.add(key);
      rows.push(row);
    }
  });
  return { rows, starts };
}

/** The page that a row stands on. */
export function pageAt(starts: readonly number[], row: number): number {
  const after = starts.findIndex((start) => start > row);
  return Math.max(0, after < 0 ? starts.length - 1 : after - 1);
}
