/** Rows that can be ticked, and those that are. */
export interface Ticks<T> {
  ticked: ReadonlySet<string>;
  label: (row: T) => string;
  locked: (row: T) => boolean;
  onChange: (rows: T[]) => void;
}

/** The rows ticked once everything between two of them was set like the second. */
export function ticked<T>(rows: readonly T[], keyOf: (row: T) => string, { ticked: before, locked }: Ticks<T>, from: number, to: number): T[] {
  const [first, last] = from < to ? [from, to] : [to, from];
  const target = rows[to];
  const on = target !== undefined && !before.has(keyOf(target));
  return rows.filter((row, at) => (at >= first && at <= last && !locked(row) ? on : before.has(keyOf(row))));
}

/** All that may be ticked, or none of them once all are. */
export function allTicked<T>(rows: readonly T[], keyOf: (row: T) => string, { ticked: before, locked }: Ticks<T>): { all: boolean; some: boolean; next: T[] } {
  const free = rows.filter((row) => !locked(row));
  const count = free.reduce((sum, row) => sum + (before.has(keyOf(row)) ? 1 : 0), 0);
  const all = free.length > 0 && count === free.length;
  return { all, some: count > 0 && !all, next: rows.filter((row) => (locked(row) ? before.has(keyOf(row)) : !all)) };
}
