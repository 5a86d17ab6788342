import { expect, test } from 'vitest';

import { filterOf, textOf } from './filter';

test('a filter is a key and a value, and the value may have colons', () => {
  expect(filterOf('size:大型')).toEqual({ key: 'size', value: '大型' });
  expect(filterOf('link:https://example.com')).toEqual({ key: 'link', value: 'https://example.com' });
  expect(filterOf('size:')).toEqual({ key: 'size', value: '' });
  for (const none of [null, '', 'size', ':大型']) expect(filterOf(none)).toBeUndefined();
});

test('a filter without a value is none', () => {
  expect(textOf('size', ' 大型 ')).toBe('size:大型');
  for (const none of ['', ' ', null, undefined]) expect(textOf('size', none)).toBeUndefined();
  expect(filterOf(textOf('listed', 'false') ?? null)).toEqual({ key: 'listed', value: 'false' });
});
