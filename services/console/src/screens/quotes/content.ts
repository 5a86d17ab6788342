import type { components } from '../../api/schema';
import type { Revision } from './query';

export type Content = components['schemas']['QuoteContent'];
type Currency = components['schemas']['Currency'];

/** A quote as it is typed. */
export interface Typed {
  lines: { product_code: string; quantity: string; discount_percent: string }[];
  delivery_date: string;
  validity_days: string;
  note: string;
}

export const FIELDS = ['lines', 'delivery_date', 'validity_days', 'note'] as const;
export const NEW_LINE = { product_code: undefined as unknown as string, quantity: '1', discount_percent: '0' };

/** What is already said, to be changed. */
export function typedOf({ lines, delivery_date, validity_days, note }: Revision): Typed {
  return {
    lines: lines.map(({ product_code, quantity, discount_percent }) => ({ product_code, quantity, discount_percent })),
    delivery_date,
    validity_days: String(validity_days),
    note,
  };
}

/** What is sent: numbers as text, so that nothing is rounded on the way. */
export function contentOf({ lines, delivery_date, validity_days, note }: Typed, currency: Currency): Content {
  return {
    lines: lines.map((line) => ({ ...line, quantity: line.quantity.trim(), discount_percent: line.discount_percent.trim() || '0' })),
    currency,
    delivery_date,
    validity_days: validity_days.trim() === '' ? null : Number(validity_days),
    note,
  };
}
