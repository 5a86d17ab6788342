import { expect, test } from 'vitest';

import type { CustomField } from '../../../api/customFields';
import { changeOf, draftOf, startOf } from './draft';

const kept = { label: { zh: '招标方式', en: '' }, key: 'tender', type: 'choice', choices: ['公开', '邀请'], required: true } as CustomField;

test('a new field is text that nobody has to fill in, until it is said otherwise', () => {
  expect(draftOf({ ...startOf(null), label: { zh: ' 员工人数 ' }, key: ' staff ' }, 'customer', 10)).toEqual({ resource: 'customer', key: 'staff', label: { zh: '员工人数', en: '' }, type: 'text', required: false, position: 10 });
  expect(draftOf({ ...startOf(null), type: 'choice', choices: '甲\n乙' }, 'lead', 20)).toMatchObject({ type: 'choice', choices: ['甲', '乙'] });
  expect(draftOf({ ...startOf(null), choices: '甲' }, 'lead', 20)).not.toHaveProperty('choices');
});

test('a change says nothing of what never changes', () => {
  expect(changeOf(startOf(kept), kept)).toEqual({ label: { zh: '招标方式', en: '' }, choices: ['公开', '邀请'], required: true });
  expect(changeOf({ label: { zh: '人数' }, required: false }, { type: 'number' })).toEqual({ label: { zh: '人数', en: '' }, required: false });
});
