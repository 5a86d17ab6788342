import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';

import { api, body } from '../../api/client';
import type { components } from '../../api/schema';
import type { Role } from '../../app/session';

type Schema = components['schemas'];
export type Track = Schema['Track'];
export type TrackInput = Schema['TrackInput'];
export type TrackVersion = Schema['TrackVersionView'];
export type KeyPoint = Schema['KeyPoint'];
export type Duty = Schema['Duty'];
export type Objection = Schema['Objection'];
export type Candidate = Schema['CandidateView'];
export type Sheet = Schema['ComparisonSheet'];
export type Fact = Schema['PriceFact'];

/** Who writes the library. */
export const WRITERS: readonly Role[] = ['sales_coach', 'operations', 'product_manager', 'product_director'];
export const DUTIES = ['must_say', 'nice_to_say', 'must_not_say'] as const;

const PAGE = 200;
const start = undefined as string | undefined;
const after = (cursor: string | undefined) => (cursor ? { cursor } : {});

export const tracksQuery = infiniteQueryOptions({
  queryKey: ['talk-tracks', 'list'],
  meta: { follows: ['talk_track'] },
  initialPageParam: start,
  queryFn: ({ pageParam }) => body(api.GET('/api/talk-tracks', { params: { query: { limit: PAGE, ...after(pageParam) } } })),
  getNextPageParam: (page) => page.next_cursor ?? undefined,
});

export const trackQuery = (id: string) =>
  queryOptions({
    queryKey: ['talk-tracks', id],
    meta: { follows: ['talk_track'] },
    queryFn: () => body(api.GET('/api/talk-tracks/{id}', { params: { path: { id } } })),
  });

export const versionsQuery = (id: string) =>
  queryOptions({
    queryKey: ['talk-tracks', id, 'all-versions'],
    meta: { follows: ['talk_track'] },
    queryFn: () => body(api.GET('/api/talk-tracks/{id}/versions', { params: { path: { id } } })),
  });

export const examplesQuery = (id: string) =>
  queryOptions({
    queryKey: ['talk-tracks', id, 'examples'],
    meta: { follows: ['talk_track'] },
    queryFn: () => body(api.GET('/api/talk-tracks/{id}/examples', { params: { path: { id } } })),
  });

export const objectionsQuery = infiniteQueryOptions({
  queryKey: ['objections'],
  meta: { follows: ['objection'] },
  initialPageParam: start,
  queryFn: ({ pageParam }) => body(api.GET('/api/objections', { params: { query: { limit: PAGE, ...after(pageParam) } } })),
  getNextPageParam: (page) => page.next_cursor ?? undefined,
});

export const candidatesQuery = infiniteQueryOptions({
  queryKey: ['objection-candidates'],
  meta: { follows: ['objection_candidate', 'objection'] },
  initialPageParam: start,
  queryFn: ({ pageParam }) => body(api.GET('/api/objection-candidates', { params: { query: { state: 'mined', limit: 50, ...after(pageParam) } } })),
  getNextPageParam: (page) => page.next_cursor ?? undefined,
});

export const sheetsQuery = infiniteQueryOptions({
  queryKey: ['comparison-sheets'],
  meta: { follows: ['comparison_sheet'] },
  initialPageParam: start,
  queryFn: ({ pageParam }) => body(api.GET('/api/comparison-sheets', { params: { query: { limit: PAGE, ...after(pageParam) } } })),
  getNextPageParam: (page) => page.next_cursor ?? undefined,
});

/** The list of facts has its version in the header only. */
export const factsQuery = queryOptions({
  queryKey: ['price-facts'],
  meta: { follows: ['price_facts'] },
  queryFn: async () => {
    const { data, response } = await api.GET('/api/price-facts');
    const version = Number(/\d+/.exec(response.headers.get('etag') ?? '')?.[0] ?? 0);
    return { version, facts: data?.facts ?? [] };
  },
});
