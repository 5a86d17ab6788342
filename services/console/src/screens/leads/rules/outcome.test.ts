import i18next from 'i18next';
import { beforeAll, expect, test } from 'vitest';

import { setLanguageForTests } from '../../../i18n/testing';
import type { Outcome } from './dryRun';
import { byChange, differs, leftOver, outcomeText, signed } from './outcome';

beforeAll(() => setLanguageForTests('zh-CN'));

const names = { person: () => '陆书遥', org: () => '华东大区' };
const to = (given: Partial<Outcome>): Outcome => ({ rule: null, outcome: 'reps', person_id: null, name: null, org: null, ...given });
const text = (given: Partial<Outcome>) => outcomeText(to(given), i18next.t, names);

test('every outcome is said by name', () => {
  expect(text({ name: '程以安', person_id: 'c' })).toBe('程以安');
  expect(text({ person_id: 'l' })).toBe('陆书遥');
  expect(text({ outcome: 'fallback_owner', name: '程以安' })).toBe('程以安（兜底）');
  expect(text({ outcome: 'queue', org: '/huadong/' })).toBe('华东大区的待分配池');
  expect(text({ outcome: 'queue' })).toBe('待分配池');
});

test('another rule alone is no other outcome', () => {
  expect(differs(to({ rule: 'a', person_id: 'l' }), to({ rule: 'b', person_id: 'l' }))).toBe(false);
  expect(differs(to({ person_id: 'l' }), to({ person_id: 'c' }))).toBe(true);
  expect(differs(to({ outcome: 'queue', org: '/a/' }), to({ outcome: 'queue', org: '/b/' }))).toBe(true);
});

test('the largest change comes first', () => {
  const people = [{ person_id: '1', name: 'a', before: 5, after: 5 }, { person_id: '2', name: 'b', before: 5, after: 2 }, { person_id: '3', name: 'c', before: 1, after: 2 }];
  expect(byChange(people).map(({ name }) => name)).toEqual(['b', 'c', 'a']);
  expect([signed(4), signed(-2), signed(0)]).toEqual(['+4', '−2', '0']);
});

test('leads that go to nobody are those that no person has', () => {
  const people = [{ person_id: 'l', name: '陆书遥', before: 3, after: 5 }, { person_id: 'c', name: '程以安', before: 4, after: 5 }];
  expect(leftOver(people, 10)).toEqual({ before: 3, after: 0 });
});
