import type { components } from '../../../api/schema';
import type { Band } from './query';

type Currency = components['schemas']['Currency'];
export type Bound = keyof Band;
export type End = 'low' | 'high';

/** The bounds that each end of a band can have; the first is meant when only an amount is typed. */
export const ENDS = { low: ['over', 'at_least'], high: ['at_most', 'below'] } as const satisfies Record<End, readonly Bound[]>;
const ALL = [...ENDS.low, ...ENDS.high];

/** All bounds of a band have one currency. */
export function currencyOf(band: Band | null): Currency {
  return ALL.map((bound) => band?.[bound]?.currency).find((currency) => currency !== undefined) ?? 'CNY';
}

/** One end of a band: which bound it has and its amount. */
export function endOf(band: Band | null, end: End): { bound: Bound | null; amount: string } {
  const bound = ENDS[end].find((one) => band?.[one]) ?? null;
  return { bound, amount: (bound && band?.[bound]?.amount) ?? '' };
}

/** The band with one end as it is chosen; without any end there is no band. */
export function withBound(band: Band | null, end: End, bound: Bound | null, amount: string): Band | null {
  const currency = currencyOf(band);
  const kept = Object.fromEntries(ALL.filter((one) => !(ENDS[end] as readonly Bound[]).includes(one) && band?.[one]).map((one) => [one, band?.[one]]));
  const next: Band = bound === null ? kept : { ...kept, [bound]: { amount, currency } };
  return Object.keys(next).length === 0 ? null : next;
}

export function withCurrency(band: Band | null, currency: Currency): Band | null {
  if (band === null) return { over: { amount: '', currency } };
  return Object.fromEntries(ALL.flatMap((one) => (band[one] ? [[one, { ...band[one], currency }]] : [])));
}
