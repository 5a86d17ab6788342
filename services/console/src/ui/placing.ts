/** What people put in order; the server keeps a position of each. */
interface Ordered {
  id: string;
  position: number;
}

/** Positions are this far apart, so that one can be put between two others without touching them. */
const STEP = 10;

export interface Placed<T> {
  item: T;
  position: number;
}

/** The position after the last one. */
export function positionAfter(items: readonly Ordered[]): number {
  return Math.max(0, ...items.map(({ position }) => position)) + STEP;
}

/** Which get which position when one is moved: only the moved one where there is room, otherwise all that differ. */
export function moved<T extends Ordered>(items: readonly T[], from: number, to: number): Placed<T>[] {
  const item = items[from];
  if (item === undefined || from === to) return [];
  const order = items.filter((_, at) => at !== from);
  order.splice(to, 0, item);
  const position = between(order[to - 1]?.position, order[to + 1]?.position);
  if (position !== undefined) return [{ item, position }];
  return order.map((one, at) => ({ item: one, position: (at + 1) * STEP })).filter((one) => one.position !== one.item.position);
}

/** The list with some as they have become, in the order that the server answers. */
export function reordered<T extends Ordered>(items: readonly T[], changed: readonly T[]): T[] {
  const newest = new Map(changed.map((item) => [item.id, item]));
  const all = items.map((item) => newest.get(item.id) ?? item);
  return all.sort((one, other) => one.position - other.position || (one.id < other.id ? -1 : 1));
}

/** A position in the gap; none when there is no room. It stays above zero. */
function between(before = 0, after?: number): number | undefined {
  if (after === undefined) return before + STEP;
  return after - before > 1 ? Math.floor((before + after) / 2) : undefined;
}
