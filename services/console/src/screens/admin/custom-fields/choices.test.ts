import { expect, test } from 'vitest';

import { choicesOf, linesOf } from './choices';

test('choices are lines that say something', () => {
  expect(choicesOf(' 公开招标 \n\n邀请招标\n   ')).toEqual(['公开招标', '邀请招标']);
  expect(choicesOf(linesOf(['a', 'b']))).toEqual(['a', 'b']);
  expect(choicesOf('')).toEqual([]);
});
