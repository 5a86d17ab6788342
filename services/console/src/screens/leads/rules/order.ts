import type { Rule } from './query';

/** Positions are this far apart, so that a rule can be put between two others without touching them. */
const STEP = 10;

export interface Placed {
  rule: Rule;
  position: number;
}

/** The position after the last rule. */
export function positionAfter(rules: readonly Rule[]): number {
  return Math.max(0, ...rules.map(({ position }) => position)) + STEP;
}

/** Which rules get which position when one is moved: only the moved one where there is room, otherwise all that differ. */
export function moved(rules: readonly Rule[], from: number, to: number): Placed[] {
  const rule = rules[from];
  if (rule === undefined || from === to) return [];
  const order = rules.filter((_, at) => at !== from);
  order.splice(to, 0, rule);
  const position = between(order[to - 1]?.position, order[to + 1]?.position);
  if (position !== undefined) return [{ rule, position }];
  return order.map((one, at) => ({ rule: one, position: (at + 1) * STEP })).filter((one) => one.position !== one.rule.position);
}

/** The list with some rules as they have become, in the order in which the server tries them. */
export function reordered(rules: readonly Rule[], changed: readonly Rule[]): Rule[] {
  const newest = new Map(changed.map((rule) => [rule.id, rule]));
  const all = rules.map((rule) => newest.get(rule.id) ?? rule);
  return all.sort((one, other) => one.position - other.position || (one.id < other.id ? -1 : 1));
}

function between(before: number | undefined, after: number | undefined): number | undefined {
  if (before === undefined) return (after ?? 2 * STEP) - STEP;
  if (after === undefined) return before + STEP;
  return after - before > 1 ? Math.floor((before + after) / 2) : undefined;
}
