import { expect, test } from 'vitest';

import { fenOf, yuanOf } from './minor';

test('a hundred fen are a yuan, exactly', () => {
  expect(yuanOf(90_000_000)).toBe('900000.00');
  expect(yuanOf(5)).toBe('0.05');
  expect(fenOf('900000.5')).toBe(90_000_050);
  expect(fenOf('0.29')).toBe(29);
  expect(fenOf('1.234')).toBeNull();
  expect(fenOf('')).toBeNull();
});
