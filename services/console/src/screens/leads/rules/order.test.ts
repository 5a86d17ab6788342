import { expect, test } from 'vitest';

import { moved, positionAfter, reordered } from './order';
import type { Rule } from './query';

const rules = (...positions: number[]) => positions.map((position, at) => ({ id: String(at), position }) as Rule);
const positions = (placed: ReturnType<typeof moved>) => placed.map(({ rule, position }) => [rule.id, position]);

test('a moved rule alone changes while there is room', () => {
  expect(positions(moved(rules(10, 20, 30), 2, 1))).toEqual([['2', 15]]);
  expect(positions(moved(rules(10, 20, 30), 2, 0))).toEqual([['2', 0]]);
  expect(positions(moved(rules(10, 20, 30), 0, 2))).toEqual([['0', 40]]);
  expect(moved(rules(10, 20), 1, 1)).toEqual([]);
});

test('without room between two, all are numbered anew', () => {
  expect(positions(moved(rules(1, 2, 3), 2, 1))).toEqual([['0', 10], ['2', 20], ['1', 30]]);
  expect(positions(moved(rules(5, 5, 20), 2, 1))).toEqual([['0', 10], ['1', 30]]);
});

test('a new rule comes last', () => {
  expect(positionAfter(rules(20, 60))).toBe(70);
  expect(positionAfter([])).toBe(10);
});

test('what has become of the moved is in its place', () => {
  const [first, second, third] = rules(10, 20, 30);
  const placed = { ...third, position: 15 } as Rule;
  expect(reordered([first, second, third] as Rule[], [placed]).map(({ position }) => position)).toEqual([10, 15, 20]);
});
