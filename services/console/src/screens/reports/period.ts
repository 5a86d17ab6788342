import { dayOf } from '../../ui/localTime';

/** A span of days, both included, in the person's own zone. */
export interface Period {
  from: string;
  until: string;
}

export const PRESETS = ['week', 'month', 'quarter', 'year'] as const;
export type Preset = (typeof PRESETS)[number];

const DAYS: Record<Preset, number> = { week: 7, month: 30, quarter: 90, year: 365 };

/** The days up to today. */
export function presetOf(preset: Preset, now: Date): Period {
  const first = new Date(now.getFullYear(), now.getMonth(), now.getDate() - DAYS[preset] + 1);
  return { from: dayOf(first), until: dayOf(now) };
}

/** The first moment of the first day and the first moment after the last. */
export function momentsOf({ from, until }: Period): { from: string; to: string } {
  const last = new Date(`${until}T00:00:00`);
  const after = new Date(last.getFullYear(), last.getMonth(), last.getDate() + 1);
  return { from: new Date(`${from}T00:00:00`).toISOString(), to: after.toISOString() };
}

/** The period of an address; what is not one becomes the last ninety days. */
export function periodOf(params: URLSearchParams, now: Date): Period {
  const [from, until] = [params.get('from') ?? '', params.get('until') ?? ''];
  const isDay = (text: string) => /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(new Date(`${text}T00:00:00`).getTime());
  return isDay(from) && isDay(until) && from <= until ? { from, until } : presetOf('quarter', now);
}
