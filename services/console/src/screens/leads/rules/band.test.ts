import { expect, test } from 'vitest';

import { currencyOf, endOf, withBound, withCurrency } from './band';

const yuan = (amount: string) => ({ amount, currency: 'CNY' as const });

test('each end is changed alone, and without an end there is no band', () => {
  const over = withBound(null, 'low', 'over', '5');
  expect(over).toEqual({ over: yuan('5') });
  const both = withBound(over, 'high', 'below', '9');
  expect(both).toEqual({ over: yuan('5'), below: yuan('9') });
  expect(withBound(both, 'low', 'at_least', '5')).toEqual({ at_least: yuan('5'), below: yuan('9') });
  expect(withBound(withBound(both, 'low', null, ''), 'high', null, '')).toBeNull();
  expect(endOf(both, 'high')).toEqual({ bound: 'below', amount: '9' });
  expect(endOf({ over: null }, 'low')).toEqual({ bound: null, amount: '' });
});

test('all bounds have one currency', () => {
  expect(withCurrency({ over: yuan('5'), below: yuan('9') }, 'USD')).toEqual({ over: { amount: '5', currency: 'USD' }, below: { amount: '9', currency: 'USD' } });
  expect(currencyOf(withCurrency(null, 'EUR'))).toBe('EUR');
  expect(currencyOf(null)).toBe('CNY');
});
