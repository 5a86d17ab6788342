import { expect, test } from 'vitest';

import { buildUp, isBelowFloor, isBeyond, limitOf, sumOf } from './price';

const CNY = (amount: string) => ({ amount, currency: 'CNY' });
const LIMITS = { grades: { A: '20', C: '10' }, tiers: { ka: '8', standard: '0' }, roles: { sales_rep: '5', sales_manager: '10' } };

test('a price is built up from list price, discount and tax', () => {
  const line = buildUp({ price: CNY('281396.92'), quantity: '2', discount: '7.5', taxRate: '13' });
  expect(line).toEqual({ list: CNY('562793.84'), discount: CNY('42209.54'), net: CNY('520584.30'), tax: CNY('67675.96'), total: CNY('588260.26') });
});

test('what is half typed has no price', () => {
  expect(buildUp({ price: CNY('1'), quantity: '', discount: '', taxRate: '13' })).toBeUndefined();
  expect(buildUp({ price: CNY('1'), quantity: '1', discount: '5%', taxRate: '13' })).toBeUndefined();
});

test('lines add up, and none is zero', () => {
  const line = buildUp({ price: CNY('0.10'), quantity: '3', discount: '0', taxRate: '0' });
  expect(line && sumOf([line, line], 'CNY').total).toEqual(CNY('0.60'));
  expect(sumOf([], 'JPY').total).toEqual({ amount: '0', currency: 'JPY' });
});

test('authority is the own limit and the tier\'s rebate below the grade\'s ceiling', () => {
  expect(limitOf(LIMITS, ['sales_rep'], 'A', 'ka')).toBe('13');
  expect(limitOf(LIMITS, ['sales_manager'], 'C', 'ka')).toBe('10');
  expect(limitOf(LIMITS, ['sales_rep', 'sales_manager'], 'A', 'standard')).toBe('10');
  expect(limitOf(LIMITS, ['legal'], '', 'ka')).toBe('0');
});

test('beyond means more than, not as much as', () => {
  expect(isBeyond('13', '13')).toBe(false);
  expect(isBeyond('13.01', '13')).toBe(true);
  expect(isBeyond('', '0')).toBe(false);
});

test('the cost floor is known only to those who see the cost', () => {
  const line = { net: CNY('104.99'), quantity: '1', unit_cost: CNY('100') };
  expect(isBelowFloor(line, '5')).toBe(true);
  expect(isBelowFloor({ ...line, net: CNY('105.00') }, '5')).toBe(false);
  expect(isBelowFloor({ net: CNY('1'), quantity: '1' }, '5')).toBe(false);
});
