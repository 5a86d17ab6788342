import { expect, test } from 'vitest';

import { compareLines } from './compare';

const line = (product_code: string, quantity: string, discount_percent = '0') => ({
  product_code, quantity, discount_percent, name_zh: '', name_en: '', unit: '台', list_price: { amount: '10', currency: 'CNY' }, net: { amount: quantity, currency: 'CNY' },
});

test('only what changed is marked', () => {
  const [pair] = compareLines({ lines: [line('A', '1')] }, { lines: [line('A', '2')] });
  expect([...(pair?.changed ?? [])]).toEqual(['quantity', 'net']);
  expect(compareLines({ lines: [line('A', '1')] }, { lines: [line('A', '1')] })[0]?.changed.size).toBe(0);
});

test('added and left out lines stand beside nothing', () => {
  const pairs = compareLines({ lines: [line('A', '1'), line('B', '1')] }, { lines: [line('C', '1'), line('A', '1')] });
  expect(pairs.map(({ key }) => key)).toEqual(['C#1', 'A#1', 'B#1']);
  expect(pairs.map(({ before, after }) => [Boolean(before), Boolean(after)])).toEqual([[false, true], [true, true], [true, false]]);
});

test('the same product twice is compared one by one', () => {
  const pairs = compareLines({ lines: [line('A', '1'), line('A', '2')] }, { lines: [line('A', '1'), line('A', '3')] });
  expect(pairs.map(({ changed }) => changed.size)).toEqual([0, 2]);
});
