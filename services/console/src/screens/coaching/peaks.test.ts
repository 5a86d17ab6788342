import { expect, test } from 'vitest';

import { peaksOf } from './peaks';

test('a side of a call that is silent hides nothing of the other', () => {
  const silent = new Float32Array(6);
  const heard = Float32Array.from([0, -0.5, 0.25, 0, 1, -0.125]);
  expect([...peaksOf([silent, heard], 3)]).toEqual([0.5, 0.25, 1]);
  expect([...peaksOf([heard, silent], 3)]).toEqual([0.5, 0.25, 1]);
});

test('every sample counts, and there are no more bars than samples', () => {
  expect([...peaksOf([Float32Array.from([0.5, 1])], 10)]).toEqual([0.5, 1]);
  expect([...peaksOf([Float32Array.from([0, 0, 0, 0, 0, 0, 0.5])], 3)]).toEqual([0, 0, 0.5]);
  expect([...peaksOf([], 3)]).toEqual([]);
});
