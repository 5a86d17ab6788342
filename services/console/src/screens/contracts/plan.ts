import type { Installment } from './query';

/** A part of the payment plan as it is typed. */
export interface TypedPart {
  kind: Installment['kind'];
  percent: string;
  days: string;
}

/** What most contracts begin with. */
export const USUAL_PLAN: TypedPart[] = [
  { kind: 'prepayment', percent: '30', days: '' },
  { kind: 'on_delivery', percent: '60', days: '' },
  { kind: 'net_30', percent: '10', days: '' },
];

export const typedPlan = (plan: readonly Installment[]): TypedPart[] => plan.map(({ kind, percent, days }) => ({ kind, percent: String(percent), days: days ? String(days) : '' }));

export function planOf(typed: readonly TypedPart[]): Installment[] {
  return typed.map(({ kind, percent, days }) => ({ kind, percent: Number(percent), ...(days.trim() === '' ? {} : { days: Number(days) }) }));
}

/** What the parts add up to; the whole is 100. */
export function sumOfPlan(typed: readonly (Partial<TypedPart> | undefined)[]): number {
  return typed.reduce((sum, part) => sum + (/^\d+$/.test(part?.percent ?? '') ? Number(part?.percent) : 0), 0);
}
