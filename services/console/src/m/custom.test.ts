import { expect, test } from 'vitest';

import type { CustomField } from '../api/customFields';
import { inputsOf, noNumbers, typedCustom } from './custom';
import { labelsOf, missingOf, visitOf } from './form';
import { TEXTS } from './texts';

const field = (key: string, type: CustomField['type'], more: Partial<CustomField> = {}) => ({ key, type, choices: [], required: false, label: { zh: `字段${key}`, en: '' }, ...more }) as unknown as CustomField;
const FIELDS = [field('staff', 'number', { required: true }), field('quality', 'yes_no'), field('size', 'choice', { choices: ['大', '小'], label: { zh: '规模', en: 'Size' } })];
const INPUTS = inputsOf(FIELDS, TEXTS['zh-CN'], 'zh-CN');

test('a visit is given what was typed into the own fields', () => {
  const typed = { next_step: '报价', 'custom.staff': '120', 'custom.quality': 'false', 'custom.size': '', note: '甲' };
  expect(typedCustom(typed)).toEqual({ staff: '120', quality: 'false', size: '' });
  expect(visitOf({ id: 'o', customer_id: 'c' }, typed, 'me', FIELDS).body.custom).toEqual({ staff: 120, quality: false });
});

test('what has to be filled in is missed, and what is no number is named', () => {
  expect(missingOf(INPUTS, {})).toEqual(['custom.staff']);
  expect(noNumbers(INPUTS, { 'custom.staff': '很多' })).toEqual(['custom.staff']);
  expect(noNumbers(INPUTS, { 'custom.staff': ' 1，200 ' })).toEqual([]);
});

test('nothing chosen is a choice, and names are in the language', () => {
  expect(INPUTS.map(({ options }) => options?.map(({ value }) => value))).toEqual([undefined, ['', 'true', 'false'], ['', '大', '小']]);
  expect(inputsOf(FIELDS, TEXTS.en, 'en').map(({ label }) => label)).toEqual(['字段staff', '字段quality', 'Size']);
});

test('a refusal names the own field that it is about', () => {
  const labels = labelsOf({ kind: 'visit', about: null, custom: FIELDS }, TEXTS.en, 'en');
  expect(labels.find(([name]) => 'custom.size'.startsWith(name))?.[1]).toBe('Size');
});
