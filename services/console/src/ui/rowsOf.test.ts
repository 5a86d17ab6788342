import { expect, test } from 'vitest';

import { pageAt, rowsOf } from './rowsOf';

const self = (row: string) => row;
const pages = (...rows: string[]) => ({ pages: rows.map((items) => ({ items: items.split('') })), pageParams: rows.map((_, at) => at) });

test('a record that has moved is shown once, where it was seen last', () => {
  expect(rowsOf(pages('abc', 'def', 'ghb'), new Set([0]), self)).toEqual({ rows: ['a', 'c', 'd', 'e', 'f', 'g', 'h', 'b'], starts: [0, 2, 5] });
  expect(rowsOf(pages('abc', 'def', 'ghb'), new Set([1, 2]), self)).toEqual({ rows: ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'], starts: [0, 3, 6] });
  expect(rowsOf(pages('ab', 'bc'), new Set(), self).rows).toEqual(['a', 'b', 'c']);
});

test('every row is on a page', () => {
  expect([0, 1, 2, 4, 5, 99].map((row) => pageAt([0, 2, 5], row))).toEqual([0, 0, 1, 1, 2, 2]);
  expect(pageAt([], 0)).toBe(0);
});
