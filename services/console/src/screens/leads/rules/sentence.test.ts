import i18next from 'i18next';
import { describe, expect, test } from 'vitest';

import { setLanguageForTests } from '../../../i18n/testing';
import { begun, emptyDraft, withAction, withCondition, without } from './draft';
import type { Action, Condition } from './query';
import { piecesOf, plain } from './sentence';

const PEOPLE: Record<string, string> = { lu: '陆书遥', cheng: '程以安', gu: '顾南枝' };
const names = { person: (id: string) => PEOPLE[id] ?? id, org: (path: string) => (path === '/huadong/' ? '华东大区' : path) };
const yuan = (amount: string) => ({ amount, currency: 'CNY' as const });

const of = (condition: Partial<Condition>, action: Partial<Action> = {}) => plain(withAction(withCondition(emptyDraft(10), condition), action), i18next.t, names);
/** Only what stands between the leads and the fallback. */
const gets = (action: Partial<Action>) => of({}, action).replace(/^(所有线索，|All leads )/, '').replace(/；没有合适的人时.*$|; if nobody fits.*$/, '');
const otherwise = (fallback: Action['fallback']) => of({}, { fallback }).replace(/^.*[；;]/, '');

describe('in Chinese', () => {
  test('a whole rule is one sentence', async () => {
    await setLanguageForTests('zh-CN');
    expect(
      of(
        { sources: ['web_form', 'phone'], budget: { over: yuan('200000.00') }, regions: ['华东'] },
        { candidates: [{ person_id: 'lu', weight: 2 }, { person_id: 'cheng', weight: 1 }], fallback: { queue: '/huadong/' } },
      ),
    ).toBe('来源是官网表单或电话、预算高于 20 万元、区域在华东的线索，分给陆书遥（2 份）或程以安（1 份）；没有合适的人时进入华东大区的待分配池。');
  });

  test('every condition is said', () => {
    const leads = (condition: Partial<Condition>) => of(condition).split('，')[0];
    expect(leads({})).toBe('所有线索');
    expect(leads({ sources: ['exhibition_qr', 'wecom', 'dealer_api'] })).toBe('来源是展会扫码、企业微信或经销商接口的线索');
    expect(leads({ sources: ['csv_import', 'store_walk_in', 'repurchase'] })).toBe('来源是文件导入、门店到访或老客户复购的线索');
    expect(leads({ budget: { at_least: yuan('50000.00'), at_most: yuan('200000.00') } })).toBe('预算不低于 5 万元且不高于 20 万元的线索');
    expect(leads({ budget: { over: yuan('9999.50'), below: yuan('123456.00') } })).toBe('预算高于 9999.5 元且低于 12.3456 万元的线索');
    expect(leads({ budget: { below: { amount: '5000.00', currency: 'USD' } } })).toBe('预算低于 $5,000的线索');
    expect(leads({ industries: ['化工', '制药'] })).toBe('行业是化工或制药的线索');
    expect(leads({ further: [{ field: 'company', comparison: 'contains', value: '研究院' }, { field: 'note', comparison: 'is_not', value: '无' }] })).toBe('公司名称包含“研究院”、备注不是“无”的线索');
    expect(leads({ further: [{ field: 'domain', comparison: 'is', value: 'a.cn' }, { field: 'industry', comparison: 'starts_with', value: '生物' }, { field: 'region', comparison: 'is', value: '上海' }] })).toBe('域名是“a.cn”、行业开头是“生物”、区域是“上海”的线索');
  });

  test('every way of giving is said', () => {
    expect(gets({})).toBe('分给全公司负载最低的人');
    expect(gets({ org: '/' })).toBe('分给全公司负载最低的人');
    expect(gets({ org: '/huadong/' })).toBe('分给华东大区负载最低的人');
    expect(gets({ candidates: [{ person_id: 'lu', weight: 1 }, { person_id: 'cheng' }], org: '/huadong/' })).toBe('分给陆书遥或程以安');
    expect(gets({ split: [{ person_id: 'lu', percent: 60 }, { person_id: 'cheng', percent: 40 }] })).toBe('按比例分给陆书遥（60%）和程以安（40%）');
  });

  test('every requirement is said', () => {
    const base = '分给全公司负载最低的人，';
    expect(gets({ level: 'senior' })).toBe(`${base}仅限资深销售`);
    expect(gets({ level: 'novice' })).toBe(`${base}新人也可以`);
    expect(gets({ skills: ['化工', '制药'] })).toBe(`${base}须具备化工和制药技能`);
    expect(gets({ industry_skill: true })).toBe(`${base}须具备线索所属行业的技能`);
    expect(gets({ excluded: ['lu', 'gu'] })).toBe(`${base}不分给陆书遥或顾南枝`);
  });

  test('what happens when nobody fits is always said', () => {
    expect(otherwise(null)).toBe('没有合适的人时继续尝试下一条规则。');
    expect(otherwise({ owner: 'gu' })).toBe('没有合适的人时交给顾南枝。');
    expect(otherwise({ queue: '/huadong/' })).toBe('没有合适的人时进入华东大区的待分配池。');
    expect(otherwise({ queue: '/' })).toBe('没有合适的人时进入全公司的待分配池。');
  });
});

describe('in English', () => {
  test('a whole rule is one sentence', async () => {
    await setLanguageForTests('en');
    expect(
      of(
        { sources: ['web_form', 'phone'], budget: { over: yuan('200000.00') }, regions: ['华东'], industries: ['化工'], further: [{ field: 'company', comparison: 'contains', value: '研究院' }] },
        { candidates: [{ person_id: 'lu', weight: 2 }, { person_id: 'cheng', weight: 1 }], level: 'senior', skills: ['制药'], excluded: ['gu'], industry_skill: true, fallback: { queue: '/huadong/' } },
      ),
    ).toBe(
      "Leads from the web form or the telephone, with a budget of more than ¥200,000, in the region 华东, in the industry 化工, whose company name contains “研究院” go to 陆书遥 (weight 2) or 程以安 (weight 1), seniors only, with skills in 制药, with skills in the lead's industry, never to 顾南枝; if nobody fits, they wait in the pool of 华东大区.",
    );
  });

  test('the other ways of saying it', () => {
    expect(of({})).toBe('All leads go to whoever has the lowest load in the whole company; if nobody fits, the next rule is tried.');
    expect(of({ budget: { at_least: yuan('50000.00'), below: yuan('200000.50') } })).toContain('Leads with a budget of at least ¥50,000 and less than ¥200,000.50 go to');
    expect(gets({ org: '/huadong/' })).toBe('go to whoever has the lowest load in 华东大区');
    expect(gets({ split: [{ person_id: 'lu', percent: 50 }, { person_id: 'cheng', percent: 30 }, { person_id: 'gu', percent: 20 }] })).toBe('are split between 陆书遥 (50%), 程以安 (30%), and 顾南枝 (20%)');
    expect(otherwise({ owner: 'gu' })).toBe(' if nobody fits, they go to 顾南枝.');
  });
});

describe('while it is written', () => {
  test('a part that is open and blank is said with a blank, and is gone when it is closed', async () => {
    await setLanguageForTests('zh-CN');
    const text = (open: Parameters<typeof piecesOf>[2]) => piecesOf(emptyDraft(10), { t: i18next.t, names }, open).map((piece) => piece.text).join('');
    expect(text('sources')).toContain('来源是＿＿的线索，');
    expect(text('budget')).toContain('预算＿＿的线索，');
    expect(text('excluded')).toContain('，不分给＿＿；');
    expect(text(null)).toContain('所有线索，');
  });

  test('what is not filled yet is a blank', () => {
    expect(of({ budget: { over: yuan('') } })).toContain('预算高于 ＿＿的线索');
    expect(gets({ candidates: [{ person_id: '', weight: 1 }] })).toBe('分给＿＿');
    expect(otherwise({ owner: '' })).toBe('没有合适的人时交给＿＿。');
  });

  test('parts are begun and taken away', () => {
    const further = begun(emptyDraft(10), 'further');
    expect(further.part).toBe('further.0');
    expect(without(further.draft, further.part)).toEqual(emptyDraft(10));
    const level = begun(emptyDraft(10), 'level');
    expect(level.draft.action.level).toBe('senior');
    expect(without(level.draft, 'level')).toEqual(emptyDraft(10));
    expect(without(withCondition(emptyDraft(10), { budget: { over: yuan('1') } }), 'budget')).toEqual(emptyDraft(10));
  });
});
