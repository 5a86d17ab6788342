import { expect, test } from 'vitest';

import { decode, parse, write } from './csv';
import { guess, missing, remap, rewrite } from './mapping';

test('quoted cells hold commas, line breaks and quotes; empty lines are no rows', () => {
  const file = parse('\uFEFF公司,备注\r\n"甲,乙","他说 ""好""\n再议"\r\n\r\n丙,\n');
  expect(file.headings).toEqual(['公司', '备注']);
  expect(file.rows).toEqual([['甲,乙', '他说 "好"\n再议'], ['丙', '']]);
});

test('what is written is read again', () => {
  const lines = [['a', 'b'], ['1,2', '"x"'], ['y\nz', '']];
  const file = parse(write(lines));
  expect([file.headings, ...file.rows]).toEqual(lines);
});

test('GBK is recognised when it is not UTF-8', () => {
  const gbk = new Uint8Array([0xb9, 0xab, 0xcb, 0xbe]);
  expect(decode(gbk.buffer)).toBe('公司');
  expect(decode(new TextEncoder().encode('公司').buffer as ArrayBuffer)).toBe('公司');
});

test('usual headings are recognised, each field once', () => {
  expect(guess(['公司名称', '联系电话', '手机', 'Budget*', '颜色'])).toEqual(['company', 'contact_phone', null, 'budget', null]);
});

test('a field that is given to another column is taken from the first', () => {
  expect(remap(['company', null, 'note'], 1, 'company')).toEqual([null, 'company', 'note']);
  expect(remap(['company', 'note'], 1, null)).toEqual(['company', null]);
});

test('a company and a way to reach it are needed', () => {
  expect(missing(['note'])).toEqual(['company', 'contact_phone']);
  expect(missing(['company', 'contact_email'])).toEqual([]);
});

test('only mapped columns are sent, under the names that the service knows', () => {
  const file = { headings: ['单位', '颜色', '电话'], rows: [['甲, 乙', '红', '13800000000'], ['丙']] };
  expect(rewrite(file, ['company', null, 'contact_phone'])).toBe('company,contact_phone\r\n"甲, 乙",13800000000\r\n丙,');
});
