import { expect, test } from 'vitest';

import { drawnOnce } from './drawnOnce';

interface Row {
  id: number;
}

test('a cell is drawn for another record and for new columns, not for each frame', () => {
  const [first, second]: [Row, Row] = [{ id: 1 }, { id: 2 }];
  const update = (columns: ReturnType<typeof drawnOnce<Row>>) => columns[0]?.shouldCellUpdate as (next: Row, previous: Row) => boolean;
  const old = update(drawnOnce<Row>([{ title: 'a' }]));
  expect([old(first, first), old(first, first), old(second, first), old(second, second)]).toEqual([true, false, true, false]);
  const fresh = update(drawnOnce<Row>([{ title: 'a' }]));
  expect([fresh(first, first), fresh(first, first)]).toEqual([true, false]);
});
