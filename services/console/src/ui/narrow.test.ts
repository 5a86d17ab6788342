import { expect, test } from 'vitest';

import { type Columns, narrowed } from './narrow';

interface Row {
  company: string;
}

const columns: Columns<Row> = [
  { key: 'company', width: 240, fixed: 'start', ellipsis: true, narrow: 150 },
  { key: 'owner', width: 96, ellipsis: true },
  { key: 'state', width: 110, narrow: 90 },
  { key: 'total', narrow: 120 },
];

test('on a phone the columns that matter come first, in their order, and fit', () => {
  const shown = narrowed(columns);
  expect(shown.map(({ key, width }) => [key, width])).toEqual([['company', 150], ['state', 90], ['total', 120], ['owner', 96]]);
  expect(shown.map(({ fixed }) => fixed)).toEqual([false, false, false, false]);
  expect(shown.map((column) => 'ellipsis' in column && column.ellipsis)).toEqual([false, false, false, false]);
});
