import { expect, test } from 'vitest';

import { changedPoints, foundPoints, matchedPoints, suggestedDecision } from './points';
import type { Score } from './query';

const score = { talk_track_version: 2, covered: [{ point: 'a' }], missing: [{ point: 'b' }] } as unknown as Score;

test('points are those of the version that was matched', () => {
  const versions = [{ version: 2, points: [{ id: 'a', duty: 'must_say' as const, text: '新' }] }, { version: 1, points: [] }];
  expect(matchedPoints(score, versions)[0]?.text).toBe('新');
  expect(matchedPoints(score, null)).toEqual([]);
  expect(matchedPoints(null, versions)).toEqual([]);
});

test('only what the coach sees otherwise is sent', () => {
  const found = foundPoints(score);
  expect(changedPoints(found, ['a'])).toEqual([]);
  expect(changedPoints(found, ['b'])).toEqual([{ point: 'a', covered: false }, { point: 'b', covered: true }]);
});

test('the pass mark suggests the decision', () => {
  expect(suggestedDecision(60)).toBe('passed');
  expect(suggestedDecision(59)).toBe('practice');
  expect(suggestedDecision(null)).toBeUndefined();
});
