import { expect, test } from 'vitest';

import { quantity } from './quantity';

test('a quantity is read in the language of the console', () => {
  expect(quantity({ quantity: '1', unit: '套' }, 'zh-CN')).toBe('1 套');
  expect(quantity({ quantity: '1', unit: '套' }, 'en')).toBe('1 set');
  expect(quantity({ quantity: '2.5', unit: '吨' }, 'en')).toBe('2.5 t');
  expect(quantity({ quantity: '12', unit: '台' }, 'en')).toBe('12 units');
});

test('a unit without English stays as it is', () => {
  expect(quantity({ quantity: '3', unit: '托盘' }, 'en')).toBe('3 托盘');
});
