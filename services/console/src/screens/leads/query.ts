import { infiniteQueryOptions } from '@tanstack/react-query';

import { api, body } from '../../api/client';
import type { components, paths } from '../../api/schema';

export type Lead = components['schemas']['LeadView'];
type Query = NonNullable<paths['/api/leads']['get']['parameters']['query']>;

/** What the queue is narrowed to; it stands in the address, so that a view can be kept and sent on. */
export type LeadFilter = Pick<Query, 'state' | 'source' | 'owner' | 'region' | 'q' | 'custom'>;

const NAMES = ['state', 'source', 'owner', 'region', 'q', 'custom'] as const;

export function filterOf(params: URLSearchParams): LeadFilter {
  const entries = NAMES.map((name) => [name, params.get(name)] as const).filter(([, value]) => value);
  return Object.fromEntries(entries) as LeadFilter;
}

/** The address's parameters with one of them changed; an empty value takes it out. */
export function withFilter(params: URLSearchParams, name: keyof LeadFilter, value: string | null | undefined): URLSearchParams {
  const next = new URLSearchParams(params);
  if (value) next.set(name, value);
  else next.delete(name);
  return next;
}

/** A first page is soon there; whoever reads on gets more at a time. */
const PAGE = { first: 100, next: 200 };

export const leadsQuery = (filter: LeadFilter) =>
  infiniteQueryOptions({
    queryKey: ['leads', 'list', filter],
    meta: { follows: ['lead', 'lead_import'] },
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      body(api.GET('/api/leads', { params: { query: { ...filter, ...(pageParam ? { limit: PAGE.next, cursor: pageParam } : { limit: PAGE.first }) } } })),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
