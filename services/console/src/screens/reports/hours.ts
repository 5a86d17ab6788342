import { count } from '../../ui/format';

type Translate = (name: string, values: { count: string }) => string;

interface Unit {
  name: string;
  /** How many hours it is. */
  hours: number;
  /** Said in this unit from so many hours on. */
  from: number;
}

const SECONDS: Unit = { name: 'reports.seconds', hours: 1 / 3600, from: 0 };
const UNITS: readonly Unit[] = [
  { name: 'reports.days', hours: 24, from: 48 },
  { name: 'reports.hours', hours: 1, from: 1 },
  { name: 'reports.minutes', hours: 1 / 60, from: 1 / 60 },
];

const unitOf = (hours: number): Unit => UNITS.find(({ from }) => hours >= from) ?? SECONDS;

/** Hours as people say them: short stays in seconds, long ones in days. */
export function saidHours(hours: number, t: Translate): string {
  return said(hours, unitOf(hours), t);
}

function said(hours: number, unit: Unit, t: Translate): string {
  return t(unit.name, { count: count(Math.round((hours / unit.hours) * 10) / 10) });
}

const LINES = 5;
const ROUND = [0.1, 0.2, 0.5, 1, 2, 5];

/** An axis up to the longest stay: how far apart its lines are, in hours, and how they are said, all in one unit. */
export function axisOf(longest: number, t: Translate): { interval: number; max: number; say: (hours: number) => string } {
  const unit = unitOf(longest);
  const atLeast = longest / unit.hours / LINES;
  const scale = 10 ** Math.max(0, Math.floor(Math.log10(atLeast)));
  const round = ROUND.map((step) => step * scale).find((step) => step >= atLeast) ?? 10 * scale;
  const interval = round * unit.hours;
  return { interval, max: Math.max(1, Math.ceil(longest / interval - 1e-9)) * interval, say: (hours) => said(hours, unit, t) };
}
