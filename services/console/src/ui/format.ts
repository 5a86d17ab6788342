import { language } from '../i18n';

const made = new Map<string, unknown>();

/** Formatters take long to make and are asked for by every cell of a list: each is made once for a language. */
function kept<F>(kind: new (language: string, options: never) => F, options: object): F {
  const key = `${kind.name} ${language()} ${JSON.stringify(options)}`;
  const known = made.get(key) as F | undefined;
  if (known) return known;
  const fresh = new kind(language(), options as never);
  made.set(key, fresh);
  return fresh;
}

/** Money as the API has it: a decimal string and a currency. */
export interface Amount {
  amount: string;
  currency: string;
}

/** `¥1,234.50`; the figures are never rounded through floating point. */
export function money({ amount, currency }: Amount): string {
  const format = kept(Intl.NumberFormat, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' });
  const exact = amount as unknown as number;
  return format.format(exact);
}

/** A decimal of any length with its thousands apart: `86000.50` → `86,000.50`. */
export function decimal(text: string): string {
  const places = text.split('.')[1]?.length ?? 0;
  return kept(Intl.NumberFormat, { minimumFractionDigits: places, maximumFractionDigits: places }).format(text as unknown as number);
}

/** 0.1234 → 12.3% */
export function percent(share: number): string {
  return kept(Intl.NumberFormat, { style: 'percent', maximumFractionDigits: 1 }).format(share);
}

export function count(value: number): string {
  return kept(Intl.NumberFormat, {}).format(value);
}

/** A number with all its digits. */
export function exact(value: number): string {
  return kept(Intl.NumberFormat, { maximumFractionDigits: 20 }).format(value);
}

/** From 00:00 to 23:59 in both languages. */
const TIME = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;

/** A moment in the person's own time zone: short, without the year when it is this year. */
export function moment(iso: string, now: Date = new Date()): string {
  const at = new Date(iso);
  const thisYear = at.getFullYear() === now.getFullYear();
  return kept(Intl.DateTimeFormat, {
    ...(thisYear ? {} : { year: 'numeric' as const }),
    month: '2-digit',
    day: '2-digit',
    ...TIME,
  }).format(at);
}

/** The whole moment: the day, the time, and last the zone that it is told in, which Chinese would put before the time. */
export function fullMoment(iso: string): string {
  const at = new Date(iso);
  const date = kept(Intl.DateTimeFormat, { dateStyle: 'full' }).format(at);
  const time = kept(Intl.DateTimeFormat, { ...TIME, second: '2-digit' }).format(at);
  const zone = kept(Intl.DateTimeFormat, { timeZoneName: 'short' }).formatToParts(at).find(({ type }) => type === 'timeZoneName');
  return [date, time, zone?.value].filter(Boolean).join(' ');
}

/** A day without a time, as the API has it: `2026-11-28`. */
export function day(date: string): string {
  const [year, month, dayOfMonth] = date.split('-').map(Number);
  if (!year || !month || !dayOfMonth) return date;
  return kept(Intl.DateTimeFormat, { year: 'numeric', month: '2-digit', day: '2-digit', timeZone: 'UTC' }).format(
    Date.UTC(year, month - 1, dayOfMonth),
  );
}

const UNITS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

function largest(iso: string, now: Date): { unit: Intl.RelativeTimeFormatUnit; value: number } {
  const seconds = (new Date(iso).getTime() - now.getTime()) / 1000;
  const [unit, size] = UNITS.find(([, length]) => Math.abs(seconds) >= length) ?? (['minute', 60] as const);
  return { unit, value: Math.trunc(seconds / size) };
}

/** Numbers and Chinese are set apart, as everywhere in the console. */
const apart = (text: string): string => text.replace(/(\d)(?=\p{Script=Han})/gu, '$1 ');

/** "in 3 hours", "2 天前" */
export function fromNow(iso: string, now: Date = new Date()): string {
  const { unit, value } = largest(iso, now);
  return apart(kept(Intl.RelativeTimeFormat, { numeric: 'auto' }).format(value, unit));
}

/** How long ago or ahead, in its largest unit: "3 hours", "2 天" */
export function span(iso: string, now: Date = new Date()): string {
  const { unit, value } = largest(iso, now);
  return apart(kept(Intl.NumberFormat, { style: 'unit', unit, unitDisplay: 'long' }).format(Math.abs(value)));
}
