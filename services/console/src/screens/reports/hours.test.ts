import { expect, test } from 'vitest';

import { axisOf, saidHours } from './hours';

const t = (name: string, { count }: { count: string }) => `${count} ${name.slice('reports.'.length)}`;

test.each([
  [2.14 / 3600, '2.1 seconds'],
  [0.5, '30 minutes'],
  [47, '47 hours'],
  [60, '2.5 days'],
])('%f hours are said as %s', (hours, said) => {
  expect(saidHours(hours, t)).toBe(said);
});

test.each([
  [2.14 / 3600, ['0.5 seconds', '1 seconds']],
  [7 / 60, ['2 minutes', '4 minutes']],
  [40, ['10 hours', '20 hours']],
  [24 * 31, ['10 days', '20 days']],
])('an axis up to %f hours has round lines in one unit', (longest, lines) => {
  const { interval, max, say } = axisOf(longest, t);
  expect([say(interval), say(2 * interval)]).toEqual(lines);
  expect(longest / interval).toBeLessThanOrEqual(5);
  expect(max).toBeGreaterThanOrEqual(longest);
  expect(max / interval).toBeCloseTo(Math.round(max / interval));
});
