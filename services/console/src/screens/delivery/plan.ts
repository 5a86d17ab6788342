import type { Delivery } from './query';

/** A week of the plan. */
export interface Week {
  /** The Monday it begins with. */
  start: Date;
  /** Where it begins, in percent of the whole. */
  at: number;
}

/** The days from the first to the last date of the cards, in whole weeks. */
export interface Span {
  from: Date;
  to: Date;
  weeks: Week[];
}

const DAY_MS = 24 * 3_600_000;
const WEEK_MS = 7 * DAY_MS;

function monday(date: Date): Date {
  const start = new Date(date);
  start.setHours(0, 0, 0, 0);
  start.setDate(start.getDate() - ((start.getDay() + 6) % 7));
  return start;
}

/** The span that shows every promise, schedule and acceptance, today included. */
export function spanOf(cards: readonly Pick<Delivery, 'promised_at' | 'scheduled_at' | 'accepted_at'>[], now: Date): Span {
  const times = cards.flatMap(({ promised_at, scheduled_at, accepted_at }) => [promised_at, scheduled_at, accepted_at]).filter((at) => at != null);
  const dates = [now, ...times.map((at) => new Date(at))].map((date) => date.getTime());
  const from = monday(new Date(Math.min(...dates)));
  const to = new Date(monday(new Date(Math.max(...dates))).getTime() + 2 * WEEK_MS);
  const whole = to.getTime() - from.getTime();
  const weeks: Week[] = [];
  for (let start = from.getTime(); start < to.getTime(); start += WEEK_MS) {
    weeks.push({ start: new Date(start), at: (100 * (start - from.getTime())) / whole });
  }
  return { from, to, weeks };
}

/** Where a moment stands in the span, in percent. */
export function placeOf(iso: string, { from, to }: Span): number {
  const share = (new Date(iso).getTime() - from.getTime()) / (to.getTime() - from.getTime());
  return Math.min(100, Math.max(0, 100 * share));
}
