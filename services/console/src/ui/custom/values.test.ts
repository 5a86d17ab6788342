import { expect, test } from 'vitest';

import type { CustomField } from '../../api/customFields';
import { labelIn } from './label';
import { changesOf, customOf, isNumber, liveOf, ofResource, shownOf, typedOf } from './values';

const field = (key: string, type: CustomField['type'], more: Partial<CustomField> = {}) => ({ key, type, resource: 'customer', retired: false, label: { zh: key, en: '' }, ...more }) as CustomField;
const FIELDS = [field('note', 'text'), field('staff', 'number'), field('since', 'date'), field('listed', 'yes_no'), field('size', 'choice')];
const KEPT = { note: '甲', staff: 12.5, since: '2026-11-28', listed: false, size: '大型' };

test('values are typed as text and sent as what they are', () => {
  expect(typedOf(KEPT)).toEqual({ note: '甲', staff: '12.5', since: '2026-11-28', listed: 'false', size: '大型' });
  expect(customOf(FIELDS, typedOf(KEPT))).toEqual(KEPT);
  expect(typedOf(undefined)).toEqual({});
});

test('a new record is given only what was filled in', () => {
  expect(customOf(FIELDS, { note: '  ', staff: '', listed: undefined, size: ' 大型 ' })).toEqual({ size: '大型' });
  expect(customOf(FIELDS, { listed: 'true', unknown: 'x' })).toEqual({ listed: true });
  expect(customOf(FIELDS)).toEqual({});
});

test('a change says only what is different, and what goes', () => {
  expect(changesOf(FIELDS, typedOf(KEPT), KEPT)).toEqual({});
  expect(changesOf(FIELDS, { ...typedOf(KEPT), note: '', staff: '13', listed: undefined }, KEPT)).toEqual({ note: null, staff: 13, listed: null });
  expect(changesOf(FIELDS, { size: '小型' }, undefined)).toEqual({ size: '小型' });
});

test('what a retired field holds is left alone by forms', () => {
  const retired = FIELDS.map((one) => (one.key === 'note' ? { ...one, retired: true } : one));
  expect(changesOf(liveOf(retired), {}, { note: '甲' })).toEqual({});
});

test('numbers are read as people type them, and never lose a digit', () => {
  expect(['1', '-1.5', '+2', ' 1，234.50 ', '１２３', '.5', '3.', '0.000001', '999999999999999'].filter((text) => !isNumber(text))).toEqual([]);
  expect(['', 'abc', '1e5', '1.2.3', '十', '1234567890123456', '--1', '.'].filter(isNumber)).toEqual([]);
  expect(customOf(FIELDS, { staff: '1，234。5' })).toEqual({ staff: 1234.5 });
  expect(customOf(FIELDS, { staff: '很多' })).toEqual({ staff: '很多' });
  expect(typedOf({ staff: 1e-7 })).toEqual({ staff: '0.0000001' });
  expect(typedOf({ staff: 0.1 })).toEqual({ staff: '0.1' });
});

test('a record shows every live field, and retired ones that still hold something', () => {
  const fields = [field('a', 'text'), field('old', 'text', { retired: true }), field('gone', 'text', { retired: true }), field('b', 'yes_no')];
  const shown = shownOf(fields, { old: '旧', b: false, strange: 1, a: null });
  expect(shown.map(({ key, value }) => [key, value])).toEqual([['a', undefined], ['b', false], ['old', '旧'], ['strange', 1]]);
  expect(shownOf([], undefined)).toEqual([]);
});

test('every kind of record has its own fields', () => {
  expect(ofResource([field('a', 'text'), field('b', 'text', { resource: 'visit' })], 'visit').map(({ key }) => key)).toEqual(['b']);
});

test('a name that is not there in English is Chinese', () => {
  expect(labelIn(field('规模', 'text'), 'en')).toBe('规模');
  expect(labelIn(field('规模', 'text', { label: { zh: '规模', en: 'Size' } }), 'en')).toBe('Size');
  expect(labelIn(field('规模', 'text', { label: { zh: '规模', en: 'Size' } }), 'zh-CN')).toBe('规模');
});
