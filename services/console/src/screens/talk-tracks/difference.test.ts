import { expect, test } from 'vitest';

import { contains, inOrder, pointDifferences } from './difference';
import type { KeyPoint } from './query';

const point = (id: string, text: string, duty: KeyPoint['duty'] = 'must_say'): KeyPoint => ({ id, text, duty, paraphrases: [] });

test('points are compared by their id', () => {
  const before = [point('a', '三天'), point('b', '质保'), point('c', '最低价', 'must_not_say')];
  const after = [point('d', '参观', 'nice_to_say'), point('a', '两天'), point('c', '最低价', 'must_not_say')];
  expect(pointDifferences(before, after).map(({ id, change }) => `${id} ${change}`)).toEqual(['a changed', 'd added', 'c same', 'b removed']);
});

test('what must be said comes first, what must not last', () => {
  expect(inOrder([point('x', '', 'must_not_say'), point('y', '', 'nice_to_say'), point('z', '')]).map(({ id }) => id)).toEqual(['z', 'y', 'x']);
});

test('a search finds every word, anywhere', () => {
  expect(contains(['售后慢：四小时到现场', null, '精密机械'], '售后 机械')).toBe(true);
  expect(contains(['售后慢'], '能耗')).toBe(false);
  expect(contains(['abc'], '')).toBe(true);
});
