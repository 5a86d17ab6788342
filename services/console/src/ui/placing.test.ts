import { expect, test } from 'vitest';

import { moved, positionAfter, reordered } from './placing';

const items = (...positions: number[]) => positions.map((position, at) => ({ id: String(at), position }));
const positions = (placed: ReturnType<typeof moved>) => placed.map(({ item, position }) => [item.id, position]);

test('what is moved alone changes while there is room', () => {
  expect(positions(moved(items(10, 20, 30), 2, 1))).toEqual([['2', 15]]);
  expect(positions(moved(items(10, 20, 30), 2, 0))).toEqual([['2', 5]]);
  expect(positions(moved(items(10, 20, 30), 0, 2))).toEqual([['0', 40]]);
  expect(moved(items(10, 20), 1, 1)).toEqual([]);
});

test('without room between two, or before the first, all are numbered anew', () => {
  expect(positions(moved(items(1, 2, 3), 2, 1))).toEqual([['0', 10], ['2', 20], ['1', 30]]);
  expect(positions(moved(items(5, 5, 20), 2, 1))).toEqual([['0', 10], ['1', 30]]);
  expect(positions(moved(items(0, 0), 1, 0))).toEqual([['1', 10], ['0', 20]]);
});

test('a new one comes last', () => {
  expect(positionAfter(items(20, 60))).toBe(70);
  expect(positionAfter([])).toBe(10);
});

test('what has become of the moved is in its place', () => {
  const [first, second, third] = items(10, 20, 30) as [Item, Item, Item];
  expect(reordered([first, second, third], [{ ...third, position: 15 }]).map(({ position }) => position)).toEqual([10, 15, 20]);
});

type Item = ReturnType<typeof items>[number];
