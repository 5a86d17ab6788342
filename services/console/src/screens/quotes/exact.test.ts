import { expect, test } from 'vitest';

import { compared, exact, minus, plus, rounded, text, times } from './exact';

const number = (typed: string) => {
  const read = exact(typed);
  if (!read) throw new Error(typed);
  return read;
};

test('numbers are read as they are written, and nothing else is', () => {
  expect(text(number('0.10'))).toBe('0.10');
  expect(text(number('-12'))).toBe('-12');
  for (const wrong of ['', '1e3', '1,000', '.5', '1.', 'x']) expect(exact(wrong)).toBeUndefined();
});

test('sums and products are exact where floating point is not', () => {
  expect(text(plus(number('0.1'), number('0.2')))).toBe('0.3');
  expect(text(times(number('1.1'), number('1.1')))).toBe('1.21');
  expect(text(minus(number('1'), number('0.05')))).toBe('0.95');
  expect(compared(number('5.0'), number('5'))).toBe(0);
  expect(compared(number('4.99'), number('5'))).toBeLessThan(0);
});

test('halves are rounded away from zero', () => {
  expect(text(rounded(number('2.345'), 2))).toBe('2.35');
  expect(text(rounded(number('-2.345'), 2))).toBe('-2.35');
  expect(text(rounded(number('2.344'), 2))).toBe('2.34');
  expect(text(rounded(number('7'), 2))).toBe('7.00');
  expect(text(rounded(number('0.5'), 0))).toBe('1');
});
