import { expect, test } from 'vitest';

import { Problem } from '../../../api/problem';
import { refusalOf } from './refusal';

const words = { choice: (choice: string, reason: string) => `${choice}：${reason}`, taken: '已被使用' };

test('what is wrong with one choice is said beside all of them, with its name', () => {
  const problem = new Problem(400, 'invalid_request', '有误', [
    { field: 'choices[1]', code: 'too_long', reason: '过长' },
    { field: 'label.zh', code: 'required', reason: '必填' },
  ]);
  const { fields, title } = refusalOf(problem, ['甲', '乙'], words);
  expect(fields.map(({ field, reason }) => [field, reason])).toEqual([['choices', '乙：过长'], ['label.zh', '必填']]);
  expect(title).toBe('有误');
});

test('a key that is taken is said once, beside the key', () => {
  const said = { field: 'key', code: 'taken', reason: '已有同名' };
  const { fields, isAboutFields } = refusalOf(new Problem(409, 'custom_field_exists', '已有同名', [said]), [], words);
  expect(fields.map(({ field, reason }) => [field, reason])).toEqual([['key', '已被使用']]);
  expect(isAboutFields).toBe(true);
});
