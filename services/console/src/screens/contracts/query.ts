import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';

import { api, body } from '../../api/client';
import type { components, paths } from '../../api/schema';

type Schema = components['schemas'];
export type Contract = Schema['ContractView'];
export type ContractSummary = Schema['ContractSummary'];
export type ContractStatus = Schema['ContractStatus'];
export type ContractClause = Schema['ContractClause'];
export type Installment = Schema['Installment'];
export type Clause = Schema['ClauseView'];
export type ContractFilter = Partial<Pick<NonNullable<paths['/api/contracts']['get']['parameters']['query']>, 'q' | 'status' | 'quote_id' | 'opportunity_id'>>;

export const CONTRACT_STATUSES = ['draft', 'pending_approval', 'approved', 'rejected', 'signing', 'signed'] as const;
export const PAYMENT_KINDS = ['prepayment', 'on_delivery', 'net_30', 'retention'] as const;

/** A change of a contract that changes nothing yet. */
export const NO_CHANGE: Schema['ContractChange'] = { clauses: [], delivery_place: null, lead_time_days: null, payment_plan: null, promised_delivery_at: null };

const PAGE = 100;
const follows = ['contract', 'approval'];

export const contractsQuery = (filter: ContractFilter) =>
  infiniteQueryOptions({
    queryKey: ['contracts', 'list', filter],
    meta: { follows },
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) => body(api.GET('/api/contracts', { params: { query: { ...filter, limit: PAGE, ...(pageParam ? { cursor: pageParam } : {}) } } })),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });

export const contractQuery = (id: string) =>
  queryOptions({
    queryKey: ['contracts', id],
    meta: { follows },
    queryFn: () => body(api.GET('/api/contracts/{id}', { params: { path: { id } } })),
  });

/** Every clause hashed anew by the service. */
export const clauseCheckQuery = (id: string) =>
  queryOptions({
    queryKey: ['contracts', id, 'check'],
    meta: { follows },
    queryFn: () => body(api.GET('/api/contracts/{id}/consistency', { params: { path: { id } } })),
  });

export const clausesQuery = infiniteQueryOptions({
  queryKey: ['clauses', 'list'],
  meta: { follows: ['clause'] },
  initialPageParam: undefined as string | undefined,
  queryFn: ({ pageParam }) => body(api.GET('/api/clauses', { params: { query: { limit: PAGE, ...(pageParam ? { cursor: pageParam } : {}) } } })),
  getNextPageParam: (page) => page.next_cursor ?? undefined,
});

export const clauseRevisionsQuery = (id: string) =>
  queryOptions({
    queryKey: ['clauses', id],
    meta: { follows: ['clause'] },
    queryFn: () => body(api.GET('/api/clauses/{id}', { params: { path: { id } } })),
  });

export const contractPaper = (id: string) => `/api/contracts/${id}/pdf`;
