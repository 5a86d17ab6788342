import { expect, test } from 'vitest';

import { momentsOf, periodOf, presetOf } from './period';

const NOW = new Date(2026, 10, 28, 15, 30);

test('a preset ends today and counts today', () => {
  expect(presetOf('week', NOW)).toEqual({ from: '2026-11-22', until: '2026-11-28' });
});

test('the last day counts whole', () => {
  const { from, to } = momentsOf({ from: '2026-11-28', until: '2026-11-28' });
  expect(new Date(to).getTime() - new Date(from).getTime()).toBe(24 * 3600_000);
});

test('an address that makes no sense shows the last quarter', () => {
  expect(periodOf(new URLSearchParams('from=2026-01-02&until=2026-01-05'), NOW)).toEqual({ from: '2026-01-02', until: '2026-01-05' });
  for (const wrong of ['', 'from=x&until=y', 'from=2026-02-02&until=2026-01-01', 'from=2026-13-40&until=2026-13-41']) {
    expect(periodOf(new URLSearchParams(wrong), NOW)).toEqual(presetOf('quarter', NOW));
  }
});
