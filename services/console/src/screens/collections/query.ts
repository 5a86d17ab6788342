import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';

import { api, body } from '../../api/client';
import type { components, paths } from '../../api/schema';

type Schema = components['schemas'];
export type Receivable = Schema['ReceivableView'];
export type ReceivableDetail = Schema['ReceivableDetail'];
export type Ageing = Schema['AgeingView'];
export type Entry = Schema['EntryView'];
export type ReceivableFilter = Partial<Pick<NonNullable<paths['/api/receivables']['get']['parameters']['query']>, 'state' | 'node' | 'owner_id' | 'blocked' | 'text'>>;

const PAGE = 100;
const start = undefined as string | undefined;
const after = (cursor: string | undefined) => (cursor ? { cursor } : {});
const follows = ['receivable', 'statement'];

export const receivablesQuery = (filter: ReceivableFilter) =>
  infiniteQueryOptions({
    queryKey: ['receivables', 'list', filter],
    meta: { follows },
    initialPageParam: start,
    queryFn: ({ pageParam }) => body(api.GET('/api/receivables', { params: { query: { ...filter, limit: PAGE, ...after(pageParam) } } })),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });

export const receivableQuery = (id: string) =>
  queryOptions({
    queryKey: ['receivables', id],
    meta: { follows },
    queryFn: () => body(api.GET('/api/receivables/{id}', { params: { path: { id } } })),
  });

export const ageingQuery = queryOptions({
  queryKey: ['receivables', 'ageing'],
  meta: { follows },
  queryFn: () => body(api.GET('/api/receivables/ageing')),
});

export const queueQuery = infiniteQueryOptions({
  queryKey: ['statements', 'queue'],
  meta: { follows },
  initialPageParam: start,
  queryFn: ({ pageParam }) => body(api.GET('/api/bank-statements/entries', { params: { query: { state: 'queued', limit: 50, ...after(pageParam) } } })),
  getNextPageParam: (page) => page.next_cursor ?? undefined,
});
