import { expect, test } from 'vitest';

import { placeOf, spanOf } from './plan';

const NOW = new Date('2026-11-25T12:00:00');

test('the span holds every date and today, in whole weeks from a Monday', () => {
  const span = spanOf([{ promised_at: '2026-12-10T08:00:00Z', scheduled_at: '2026-12-18T08:00:00Z' }], NOW);
  expect(span.from.getDay()).toBe(1);
  expect(span.weeks.length).toBe(5);
  expect(placeOf('2026-12-18T08:00:00Z', span)).toBeGreaterThan(placeOf('2026-12-10T08:00:00Z', span));
});

test('without dates there is still this week', () => {
  const span = spanOf([{ promised_at: null, scheduled_at: null }], NOW);
  expect(placeOf(NOW.toISOString(), span)).toBeGreaterThan(0);
  expect(placeOf('2020-01-01T00:00:00Z', span)).toBe(0);
  expect(placeOf('2030-01-01T00:00:00Z', span)).toBe(100);
});
