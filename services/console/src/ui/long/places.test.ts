import { expect, test } from 'vitest';

import { Heights, Places } from './places';

const KEYS = ['a', 'b', 'c', 'd'];

test('rows that were never drawn are as high as the first that was', () => {
  const heights = new Heights(10);
  const places = new Places(KEYS, heights);
  expect(places.end).toBe(40);
  expect(heights.take('a', 20)).toBe(true);
  places.moved();
  expect(places.end).toBe(80);
  expect(heights.take('b', 20)).toBe(false);
});

test('a row is found by its height, also at the edges and beyond', () => {
  const heights = new Heights(10);
  heights.take('a', 10);
  heights.take('b', 30);
  const places = new Places(KEYS, heights);
  expect([-5, 0, 9.9, 10, 39, 40, 59, 1000].map((height) => places.at(height))).toEqual([0, 0, 0, 1, 1, 2, 3, 3]);
  expect([0, 1, 2, 4, 9].map((row) => places.top(row))).toEqual([0, 10, 40, 60, 60]);
});

test('heights are known again when rows come back in another order', () => {
  const heights = new Heights(10);
  new Places(KEYS, heights);
  heights.take('a', 10);
  heights.take('c', 50);
  expect(new Places(['c', 'x', 'a'], heights).top(2)).toBe(60);
});

test('an empty list has a beginning and an end', () => {
  const places = new Places([], new Heights(10));
  expect([places.end, places.at(3), places.top(1)]).toEqual([0, 0, 0]);
});
