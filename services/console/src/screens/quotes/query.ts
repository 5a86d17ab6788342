import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';

import { api, body } from '../../api/client';
import type { components, paths } from '../../api/schema';

type Schema = components['schemas'];
export type Quote = Schema['QuoteView'];
export type QuoteSummary = Schema['QuoteSummary'];
export type QuoteStatus = Schema['QuoteStatus'];
export type Revision = Schema['RevisionView'];
export type QuoteLine = Schema['LineView'];
export type Product = Schema['ProductView'];
export type QuoteFilter = Partial<Pick<NonNullable<paths['/api/quotes']['get']['parameters']['query']>, 'q' | 'status' | 'opportunity_id' | 'customer_id' | 'custom'>>;

export const QUOTE_STATUSES = ['draft', 'pending_approval', 'approved', 'sent', 'rejected', 'superseded', 'expired', 'contracted'] as const;

const PAGE = 100;
const follows = ['quote', 'approval'];

export const quotesQuery = (filter: QuoteFilter) =>
  infiniteQueryOptions({
    queryKey: ['quotes', 'list', filter],
    meta: { follows },
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) => body(api.GET('/api/quotes', { params: { query: { ...filter, limit: PAGE, ...(pageParam ? { cursor: pageParam } : {}) } } })),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });

export const quoteQuery = (id: string) =>
  queryOptions({
    queryKey: ['quotes', id],
    meta: { follows },
    queryFn: () => body(api.GET('/api/quotes/{id}', { params: { path: { id } } })),
  });

export const revisionsQuery = (id: string) =>
  queryOptions({
    queryKey: ['quotes', id, 'revisions'],
    meta: { follows },
    queryFn: () => body(api.GET('/api/quotes/{id}/revisions', { params: { path: { id } } })),
  });

/** Asks what contradicts itself; it also depends on budgets and on how full the delivery week is. */
export const quoteCheckQuery = (id: string) =>
  queryOptions({
    queryKey: ['quotes', id, 'check'],
    meta: { follows: [...follows, 'opportunity', 'delivery'] },
    queryFn: () => body(api.GET('/api/quotes/{id}/consistency', { params: { path: { id } } })),
  });

export const authorityQuery = queryOptions({
  queryKey: ['quotes', 'authority'],
  staleTime: 60_000,
  meta: { follows: ['authority'] },
  queryFn: () => body(api.GET('/api/quotes/authority')),
});

/** The whole catalogue, to choose from. */
export const productsQuery = queryOptions({
  queryKey: ['products'],
  staleTime: 60_000,
  meta: { follows: ['product'] },
  queryFn: async () => {
    const all: Product[] = [];
    let cursor: string | null | undefined;
    do {
      const page = await body(api.GET('/api/products', { params: { query: { limit: 200, ...(cursor ? { cursor } : {}) } } }));
      all.push(...page.items);
      cursor = page.next_cursor;
    } while (cursor);
    return all;
  },
});

export const billsQuery = (id: string) =>
  queryOptions({
    queryKey: ['products', id, 'versions'],
    meta: { follows: ['product'] },
    queryFn: () => body(api.GET('/api/products/{id}/versions', { params: { path: { id } } })),
  });

/** A revision as paper. */
export const quotePaper = (id: string, revision: number) => `/api/quotes/${id}/pdf?revision=${revision}`;
