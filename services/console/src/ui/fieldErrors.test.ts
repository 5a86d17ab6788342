import { expect, test } from 'vitest';

import { Problem } from '../api/problem';
import { differences } from './ConflictDialog';
import { pathOf, sortErrors, touches } from './fieldErrors';

test('paths of the server are paths of the form', () => {
  expect(pathOf('lines[0].unit_price')).toEqual(['lines', 0, 'unit_price']);
  expect(pathOf('lines/0/unit_price')).toEqual(['lines', 0, 'unit_price']);
  expect(pathOf('reason')).toEqual(['reason']);
});

test('a change is about a field, about one beside it, or about all of a list', () => {
  expect(touches({ custom: { size: '大型' } }, ['custom', 'size'])).toBe(true);
  expect(touches({ custom: { size: undefined } }, ['custom', 'size'])).toBe(true);
  expect(touches({ custom: { note: '甲' } }, ['custom', 'size'])).toBe(false);
  expect(touches({ note: '甲' }, ['custom', 'size'])).toBe(false);
  expect(touches({ choices: '甲' }, ['choices', 1])).toBe(true);
});

test('what the form has no field for is said above it', () => {
  const problem = new Problem(422, 'gate_closed', '', [
    { field: 'reason', code: 'required', reason: '缺少原因', remedy: '填写原因' },
    { field: 'budgets.cost_floor', code: 'field_missing', reason: '缺少成本底线' },
  ]);
  expect(sortErrors(problem, ['reason'])).toEqual({
    inForm: [{ name: ['reason'], errors: ['缺少原因 填写原因'] }],
    above: ['缺少成本底线'],
  });
});

test('a field that went while the form was open is said above it', () => {
  const problem = new Problem(422, 'invalid', '', [
    { field: 'custom.size', code: 'not_a_choice', reason: '不在选项中' },
    { field: 'custom.old', code: 'retired', reason: '已停用' },
  ]);
  expect(sortErrors(problem, ['custom.size'])).toEqual({ inForm: [{ name: ['custom', 'size'], errors: ['不在选项中'] }], above: ['已停用'] });
});

test('only what differs is shown in a conflict', () => {
  const fields = [
    { field: 'a', mine: '1', theirs: '1' },
    { field: 'b', mine: '1', theirs: '2' },
  ];
  expect(differences(fields).map((one) => one.field)).toEqual(['b']);
});
