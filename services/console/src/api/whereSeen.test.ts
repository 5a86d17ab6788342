import { InfiniteQueryObserver, QueryClient } from '@tanstack/react-query';
import { afterEach, expect, test } from 'vitest';

import { type Page, type Pages, look, seenAgain, staleOf, whereSeen } from './whereSeen';

interface Row {
  id: number;
  said: string;
}

/** A service with rows by falling id, ten to a page; a cursor is the id of the row before. */
class Service {
  rows: Row[] = Array.from({ length: 100 }, (_, at) => ({ id: 100 - at, said: 'old' }));
  asked: (string | undefined)[] = [];

  page = (cursor: string | undefined): Promise<Page<Row>> => {
    this.asked.push(cursor);
    const below = this.rows.filter(({ id }) => cursor === undefined || id < Number(cursor));
    const items = below.slice(0, 10).map((row) => ({ ...row }));
    return Promise.resolve({ items, next_cursor: below.length > 10 ? String(items[9]?.id) : null });
  };

  change(id: number): void {
    this.rows = this.rows.map((row) => (row.id === id ? { ...row, said: 'new' } : row));
  }
}

async function allOf(service: Service): Promise<Pages<Row>> {
  const data: Pages<Row> = { pages: [], pageParams: [] };
  let cursor: string | null | undefined;
  do {
    const page = await service.page(cursor ?? undefined);
    data.pageParams.push(cursor ?? undefined);
    data.pages.push(page);
    cursor = page.next_cursor;
  } while (cursor);
  service.asked = [];
  return data;
}

const ids = ({ pages }: Pages<Row>) => pages.flatMap(({ items }) => items.map(({ id }) => id));

test('only what is seen is fetched, and the rest is stale', async () => {
  const service = new Service();
  const before = await allOf(service);
  service.change(45);
  const { data, stale } = await seenAgain(before, new Set(before.pageParams), { first: 5, last: 6 }, service.page);
  expect(service.asked).toEqual(['51', '41']);
  expect(data.pages[5]?.items[5]).toEqual({ id: 45, said: 'new' });
  expect(ids(data)).toEqual(ids(before));
  expect(stale.size).toBe(8);
});

test('what no longer fits on is dropped, and pages in sight follow each other', async () => {
  const service = new Service();
  const before = await allOf(service);
  service.rows = service.rows.filter(({ id }) => id !== 48);
  const { data, stale } = await seenAgain(before, new Set(before.pageParams), { first: 5, last: 6 }, service.page);
  expect(service.asked).toEqual(['51', '40']);
  expect(data.pages).toHaveLength(7);
  expect(ids(data).slice(50)).toEqual([50, 49, 47, 46, 45, 44, 43, 42, 41, 40, 39, 38, 37, 36, 35, 34, 33, 32, 31, 30]);
  expect([...stale]).toEqual([undefined, '91', '81', '71', '61']);
});

test('a list that has become shorter ends where it ends', async () => {
  const service = new Service();
  const before = await allOf(service);
  service.rows = service.rows.slice(0, 55);
  const { data } = await seenAgain(before, new Set(before.pageParams), { first: 5, last: 6 }, service.page);
  expect(service.asked).toEqual(['51']);
  expect(ids(data).at(-1)).toBe(46);
});

let ended: (() => void) | undefined;
afterEach(() => ended?.());

/** The list as the console has it, with all its pages. */
async function read(service: Service) {
  const client = new QueryClient({ defaultOptions: { queries: { persister: whereSeen as never, staleTime: 15_000, retry: false } } });
  const observer = new InfiniteQueryObserver(client, {
    queryKey: ['rows'],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) => service.page(pageParam),
    getNextPageParam: (page: Page<Row>) => page.next_cursor ?? undefined,
  });
  ended = observer.subscribe(() => undefined);
  await observer.refetch();
  while (observer.getCurrentResult().hasNextPage) await observer.fetchNextPage();
  service.asked = [];
  const query = client.getQueryCache().find({ queryKey: ['rows'] });
  if (!query) throw new Error('there is no such query');
  return { client, query: query as never, rows: () => ids(observer.getCurrentResult().data as Pages<Row>), said: (id: number) => observer.getCurrentResult().data?.pages.flatMap(({ items }) => items).find((row) => row.id === id)?.said };
}

test('after a change a long list is asked for what is seen, and for the rest when it is looked at', async () => {
  const service = new Service();
  const { client, query, said } = await read(service);
  look(query, 5, 6);
  for (const id of [45, 15, 95]) service.change(id);
  await client.invalidateQueries({ queryKey: ['rows'] });
  expect(service.asked).toEqual(['51', '41']);
  expect([said(45), said(15)]).toEqual(['new', 'old']);
  look(query, 8, 8);
  await expect.poll(() => said(15)).toBe('new');
  look(query, 8, 8);
  look(query, 5, 6);
  expect(service.asked).toEqual(['51', '41', '21']);
  look(query, 0, 0);
  await expect.poll(() => said(95)).toBe('new');
  expect(staleOf(query).size).toBe(6);
});

test('a new row at the top is there once, with what is below it', async () => {
  const service = new Service();
  const { client, query, rows } = await read(service);
  look(query, 0, 1);
  service.rows = [{ id: 101, said: 'new' }, ...service.rows];
  await client.invalidateQueries({ queryKey: ['rows'] });
  expect(service.asked).toEqual([undefined, '92']);
  expect(rows()).toEqual(Array.from({ length: 20 }, (_, at) => 101 - at));
});

test('a list that nobody reads this way is asked again as a whole', async () => {
  const service = new Service();
  const { client } = await read(service);
  await client.invalidateQueries({ queryKey: ['rows'] });
  expect(service.asked).toHaveLength(10);
});

test('a failure leaves what there was, and looking does not ask again without end', async () => {
  const service = new Service();
  const { client, query, rows } = await read(service);
  look(query, 5, 5);
  const { page } = service;
  service.page = () => Promise.reject(new Error('no network'));
  await client.invalidateQueries({ queryKey: ['rows'] });
  expect(rows()).toHaveLength(100);
  service.page = page;
  look(query, 5, 5);
  expect(service.asked).toEqual([]);
  await client.invalidateQueries({ queryKey: ['rows'] });
  expect(service.asked).toEqual(['51']);
});
