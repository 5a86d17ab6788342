import { expect, test } from 'vitest';

import { type Ticks, allTicked, ticked } from './ticks';

const ROWS = ['a', 'b', 'c', 'd', 'e'];
const self = (row: string) => row;
const ticks = (...on: string[]): Ticks<string> => ({ ticked: new Set(on), label: self, locked: (row) => row === 'c', onChange: () => undefined });

test('one row is ticked and set free again', () => {
  expect(ticked(ROWS, self, ticks(), 1, 1)).toEqual(['b']);
  expect(ticked(ROWS, self, ticks('a', 'b'), 1, 1)).toEqual(['a']);
});

test('everything between two rows follows the second, in both directions, but for what is locked', () => {
  expect(ticked(ROWS, self, ticks('a'), 0, 3)).toEqual(['a', 'b', 'd']);
  expect(ticked(ROWS, self, ticks('e'), 4, 1)).toEqual(['b', 'd', 'e']);
  expect(ticked(ROWS, self, ticks('a', 'b', 'd'), 0, 3)).toEqual([]);
});

test('all are ticked but for what is locked, and then none', () => {
  expect(allTicked(ROWS, self, ticks('b'))).toEqual({ all: false, some: true, next: ['a', 'b', 'd', 'e'] });
  expect(allTicked(ROWS, self, ticks('a', 'b', 'd', 'e'))).toEqual({ all: true, some: false, next: [] });
  expect(allTicked([], self, ticks())).toEqual({ all: false, some: false, next: [] });
});
