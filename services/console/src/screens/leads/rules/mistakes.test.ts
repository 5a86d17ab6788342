import i18next from 'i18next';
import { beforeAll, expect, test } from 'vitest';

import { Problem } from '../../../api/problem';
import { setLanguageForTests } from '../../../i18n/testing';
import { emptyDraft, withAction, withCondition } from './draft';
import { blanks, mistakesOf, partOf } from './mistakes';
import { unclear } from './written';

beforeAll(() => setLanguageForTests('zh-CN'));

test('each field of the API is a part of the sentence', () => {
  expect(['name', 'condition.budget', 'condition.budget.over.amount', 'condition.sources[1]', 'condition.further[2].value'].map(partOf)).toEqual(['name', 'budget', 'budget', 'sources', 'further.2']);
  expect(['action.candidates', 'action.split[0].percent', 'action.org', 'action.fallback.owner', 'action.industry_skill'].map(partOf)).toEqual(['who', 'who', 'who', 'fallback', 'industry_skill']);
  expect(['position', 'action', 'condition.other'].map(partOf)).toEqual([null, null, null]);
});

test('reasons come with what helps', () => {
  expect(mistakesOf([{ field: 'action.split', code: 'not_a_whole', reason: '合计须为 100', remedy: '调整百分比' }])).toEqual([{ part: 'who', reason: '合计须为 100 调整百分比' }]);
});

test('blanks are found before anything is sent', () => {
  const parts = (draft: Parameters<typeof blanks>[0]) => blanks(draft, i18next.t).map(({ part }) => part);
  const named = { ...emptyDraft(10), name: '大单' };
  expect(parts(emptyDraft(10))).toEqual(['name']);
  expect(parts(named)).toEqual([]);
  expect(parts(withCondition(named, { budget: { over: { amount: '', currency: 'CNY' } } }))).toEqual(['budget']);
  expect(parts(withCondition(named, { budget: {} }))).toEqual(['budget']);
  expect(parts(withCondition(named, { further: [{ field: 'note', comparison: 'is', value: 'x' }, { field: 'note', comparison: 'is', value: ' ' }] }))).toEqual(['further.1']);
  expect(parts(withAction(named, { split: [{ person_id: '', percent: 100 }] }))).toEqual(['who']);
  expect(parts(withAction(named, { fallback: { owner: '' } }))).toEqual(['fallback']);
});

test('the unclear word is marked by characters, also after one that takes two units', () => {
  const refused = (field: string) => new Problem(400, 'invalid_request', '', [{ field, code: 'unclear_word', reason: '没有看懂' }]);
  expect(unclear(refused('sentence[4..6]'), '分给𠮷张三丰或李娜')).toEqual({ before: '分给𠮷张', word: '三丰', after: '或李娜' });
  expect(unclear(refused('sentence'), '分给')).toBeNull();
  expect(unclear(new Problem(500, 'x', ''), '分给')).toBeNull();
});
