import { expect, test } from 'vitest';

import { emptyDraft } from './draft';
import { amountsOf, evenly, total, withAmounts, withChoice } from './shares';

const { action } = emptyDraft(10);

test('a hundred per cent are split in whole numbers', () => {
  expect(evenly(['a', 'b', 'c']).map(({ amount }) => amount)).toEqual([34, 33, 33]);
  expect(total(evenly(['a', 'b', 'c', 'd', 'e', 'f', 'g']))).toBe(100);
});

test('another measure keeps the people', () => {
  const weighed = withAmounts(action, 'candidates', [{ person_id: 'a', amount: 2 }, { person_id: 'b', amount: 1 }]);
  expect(weighed.candidates).toEqual([{ person_id: 'a', weight: 2 }, { person_id: 'b', weight: 1 }]);
  const split = withChoice(weighed, 'split');
  expect(split.candidates).toEqual([]);
  expect(split.split).toEqual([{ person_id: 'a', percent: 50 }, { person_id: 'b', percent: 50 }]);
  expect(amountsOf(withChoice(split, 'candidates'))).toEqual([{ person_id: 'a', amount: 1 }, { person_id: 'b', amount: 1 }]);
});

test('people begin with a blank, and a place has none', () => {
  expect(withChoice(action, 'split').split).toEqual([{ person_id: '', percent: 100 }]);
  const back = withChoice({ ...withChoice(action, 'candidates'), org: '/huadong/' }, 'org');
  expect([back.candidates, back.split, back.org]).toEqual([[], [], '/huadong/']);
});
