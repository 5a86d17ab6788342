import type { Language } from './texts';

/** An amount, exact as the API has it. */
export function amount({ amount: exact, currency }: { amount: string; currency: string }, language: Language): string {
  return new Intl.NumberFormat(language, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' }).format(exact as unknown as number);
}

/** A moment in the person's own zone, short. */
export function moment(iso: string, language: Language): string {
  return new Intl.DateTimeFormat(language, { month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(new Date(iso));
}
