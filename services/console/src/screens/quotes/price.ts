import type { Amount } from '../../ui/format';
import { type Exact, compared, exact, fraction, minus, plus, rounded, text, times } from './exact';

/** What decides the price of a line; figures as text, as they are typed and sent. */
export interface Asked {
  price: Amount;
  quantity: string;
  discount: string;
  taxRate: string;
}

/** A line's price, step by step. */
export interface BuildUp {
  list: Amount;
  discount: Amount;
  net: Amount;
  tax: Amount;
  total: Amount;
}

const ONE: Exact = { units: 1n, scale: 0 };

/** Digits behind the point of a currency. */
export const placesOf = (currency: string): number => (currency === 'JPY' ? 0 : 2);

/**
 * What a line will cost, computed as the service does: rounded once for the net and once for the tax. It is shown while
 * somebody types; what is saved is what the service answers.
 */
export function buildUp({ price, quantity, discount, taxRate }: Asked): BuildUp | undefined {
  const [unit, amount, off, rate] = [exact(price.amount), exact(quantity), exact(discount || '0'), exact(taxRate)];
  if (!unit || !amount || !off || !rate) return undefined;
  const places = placesOf(price.currency);
  const list = rounded(times(unit, amount), places);
  const net = rounded(times(unit, times(amount, minus(ONE, fraction(off)))), places);
  const tax = rounded(times(net, fraction(rate)), places);
  const money = (value: Exact): Amount => ({ amount: text(value), currency: price.currency });
  return { list: money(list), discount: money(minus(list, net)), net: money(net), tax: money(tax), total: money(plus(net, tax)) };
}

const FIELDS = ['list', 'discount', 'net', 'tax', 'total'] as const;

/** The lines together. */
export function sumOf(lines: readonly BuildUp[], currency: string): BuildUp {
  const zero = text({ units: 0n, scale: placesOf(currency) });
  const sum = Object.fromEntries(FIELDS.map((field) => [field, { amount: zero, currency }])) as unknown as BuildUp;
  for (const line of lines) {
    for (const field of FIELDS) sum[field] = { amount: added(sum[field].amount, line[field].amount), currency };
  }
  return sum;
}

function added(one: string, other: string): string {
  const [left, right] = [exact(one), exact(other)];
  return left && right ? text(plus(left, right)) : one;
}

/** Percentages as operations set them. */
export interface Limits {
  grades: Record<string, string>;
  tiers: Record<string, string>;
  roles: Record<string, string>;
}

const NOTHING: Exact = { units: 0n, scale: 0 };

/** The highest discount that needs no approval: one's own limit and the tier's rebate, never above the grade's ceiling. */
export function limitOf(limits: Limits, roles: readonly string[], grade: string, tier: string): string {
  const read = (table: Record<string, string>, name: string) => exact(table[name] ?? '0') ?? NOTHING;
  const own = roles.map((role) => read(limits.roles, role)).reduce((most, one) => (compared(one, most) > 0 ? one : most), NOTHING);
  const [due, ceiling] = [plus(own, read(limits.tiers, tier)), read(limits.grades, grade)];
  return text(compared(due, ceiling) > 0 ? ceiling : due);
}

/** True when a discount needs somebody's approval. */
export function isBeyond(discount: string, limit: string): boolean {
  const [asked, allowed] = [exact(discount || '0'), exact(limit)];
  return asked !== undefined && allowed !== undefined && compared(asked, allowed) > 0;
}

/** True when a line earns less than its cost and the floor's margin; only those who may read costs can tell. */
export function isBelowFloor(line: { net: Amount; quantity: string; unit_cost?: Amount | null }, floorMargin: string): boolean {
  const [net, cost, quantity, margin] = [exact(line.net.amount), exact(line.unit_cost?.amount ?? ''), exact(line.quantity), exact(floorMargin)];
  if (!net || !cost || !quantity || !margin) return false;
  const floor = rounded(times(cost, times(quantity, plus(ONE, fraction(margin)))), placesOf(line.net.currency));
  return compared(net, floor) < 0;
}
