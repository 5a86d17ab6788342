import { expect, test } from 'vitest';

import { bars, kept, shareOf } from './figures';

test('a share of nothing is nothing, not zero', () => {
  expect(shareOf(0, 0)).toBeNull();
  expect(shareOf(1, 4)).toBe(0.25);
});

test('each step of a funnel is compared with the one before', () => {
  expect(kept([{ leads: 10 }, { leads: 5 }, { leads: 0 }, { leads: 0 }])).toEqual([null, 0.5, 0, null]);
});

test('lying bars begin on top, and one series needs no legend', () => {
  const option = bars({ categories: ['a'], series: [{ name: 'x', colour: '#000', values: [1] }], say: String, lying: true });
  expect(option.yAxis).toMatchObject({ type: 'category', inverse: true });
  expect(option.legend).toBeUndefined();
});
