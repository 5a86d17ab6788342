import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';

import { api, body } from '../../api/client';
import type { components, paths } from '../../api/schema';

type Schema = components['schemas'];
export type Customer = Schema['CustomerView'];
export type CustomerLine = Schema['CustomerLine'];
export type Opportunity = Schema['OpportunityView'];
export type OpportunityLine = Schema['OpportunityLine'];
export type CustomerFilter = Partial<Pick<NonNullable<paths['/api/customers']['get']['parameters']['query']>, 'q' | 'grade' | 'health' | 'owner_id' | 'custom'>>;
export type OpportunityFilter = Partial<Pick<NonNullable<paths['/api/opportunities']['get']['parameters']['query']>, 'customer_id' | 'stage' | 'owner_id' | 'frozen' | 'custom'>>;

const PAGE = 100;
const start = undefined as string | undefined;
const after = (cursor: string | undefined) => (cursor ? { cursor } : {});

export const customersQuery = (filter: CustomerFilter) =>
  infiniteQueryOptions({
    queryKey: ['customers', 'list', filter],
    meta: { follows: ['customer'] },
    initialPageParam: start,
    queryFn: ({ pageParam }) => body(api.GET('/api/customers', { params: { query: { ...filter, limit: PAGE, ...after(pageParam) } } })),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });

export const customerQuery = (id: string) =>
  queryOptions({
    queryKey: ['customers', id],
    meta: { follows: ['customer'] },
    queryFn: () => body(api.GET('/api/customers/{id}', { params: { path: { id } } })),
  });

export const opportunitiesQuery = (filter: OpportunityFilter) =>
  infiniteQueryOptions({
    queryKey: ['opportunities', 'list', filter],
    meta: { follows: ['opportunity'] },
    initialPageParam: start,
    queryFn: ({ pageParam }) => body(api.GET('/api/opportunities', { params: { query: { ...filter, limit: PAGE, ...after(pageParam) } } })),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });

export const opportunityQuery = (id: string) =>
  queryOptions({
    queryKey: ['opportunities', id],
    meta: { follows: ['opportunity', 'quote', 'contract', 'visit', 'action'] },
    queryFn: () => body(api.GET('/api/opportunities/{id}', { params: { path: { id } } })),
  });

export const timelineQuery = (about: { customer_id: string } | { opportunity_id: string }) =>
  infiniteQueryOptions({
    queryKey: ['timeline', about],
    meta: { follows: ['customer', 'opportunity', 'visit', 'action', 'quote', 'contract', 'delivery', 'receivable', 'lead', 'recording'] },
    initialPageParam: start,
    queryFn: ({ pageParam }) => body(api.GET('/api/timeline', { params: { query: { ...about, limit: 30, ...after(pageParam) } } })),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });

export type Visit = Schema['VisitView'];
export type VisitDetail = Schema['VisitDetail'];
export type Conclusion = Schema['ConclusionView'];

export const visitsQuery = (opportunity_id: string) =>
  queryOptions({
    queryKey: ['visits', 'of', opportunity_id],
    meta: { follows: ['visit'] },
    queryFn: () => body(api.GET('/api/visits', { params: { query: { opportunity_id, limit: 20 } } })),
  });

export const visitQuery = (id: string) =>
  queryOptions({
    queryKey: ['visits', id],
    meta: { follows: ['visit'] },
    queryFn: () => body(api.GET('/api/visits/{id}', { params: { path: { id } } })),
  });

export const conclusionsQuery = (recording_id: string) =>
  queryOptions({
    queryKey: ['conclusions', recording_id],
    meta: { follows: ['conclusion', 'transcript', 'visit'] },
    queryFn: () => body(api.GET('/api/conclusions', { params: { query: { recording_id, limit: 50 } } })),
  });
