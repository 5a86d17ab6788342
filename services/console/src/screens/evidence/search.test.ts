import { expect, test } from 'vitest';

import type { Checked, Log } from './ledger/logCheck';
import { covering, found, rowsOf } from './search';

const LOG = { service: 'crm', checkpoints: [{ size: 2 }, { size: 5 }] } as unknown as Log;
const checked = (line: number, index: number | null, at: string, text: string) => ({ service: 'crm', index, line, hash: '', computed: '', text, record: { at } }) as unknown as Checked;

test('a leaf is covered by the first checkpoint behind it', () => {
  expect(covering(LOG, 1)).toBe(2);
  expect(covering(LOG, 2)).toBe(5);
  expect(covering(LOG, 5)).toBeUndefined();
  expect(covering(LOG, null)).toBeUndefined();
});

test('rows come newest first with what is wrong with them', () => {
  const rows = rowsOf([checked(2, 0, '2026-01-01', 'a'), checked(3, 1, '2026-02-01', 'b')], [LOG], [{ service: 'crm', kind: 'record_altered', line: 2 }]);
  expect(rows.map(({ line, findings }) => [line, findings.length])).toEqual([[3, 0], [2, 1]]);
});

test('every word must occur, in any case', () => {
  const rows = rowsOf([checked(2, 0, '1', 'Lead.Assigned 华东'), checked(3, 1, '2', 'quote')], [LOG], []);
  expect(found(rows, { text: 'lead 华东', service: null, brokenOnly: false })).toHaveLength(1);
  expect(found(rows, { text: '', service: 'quote-contract', brokenOnly: false })).toHaveLength(0);
  expect(found(rows, { text: '', service: null, brokenOnly: true })).toHaveLength(0);
});
