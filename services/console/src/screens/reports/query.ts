import { queryOptions } from '@tanstack/react-query';

import { api, body } from '../../api/client';
import type { components } from '../../api/schema';
import { type Period, momentsOf } from './period';

type Schema = components['schemas'];
export type FunnelStep = Schema['FunnelStep'];
export type StageDwell = Schema['StageDwell'];
export type KeyShare = Schema['KeyShare'];
export const GROUPS = ['rep', 'team', 'objection'] as const;
export type Group = (typeof GROUPS)[number];

export const funnelQuery = (period: Period) =>
  queryOptions({
    queryKey: ['reports', 'funnel', period],
    meta: { follows: ['lead', 'opportunity', 'quote', 'contract', 'delivery', 'receivable'] },
    queryFn: () => body(api.GET('/api/reports/funnel', { params: { query: momentsOf(period) } })),
  });

export const dwellQuery = (period: Period) =>
  queryOptions({
    queryKey: ['reports', 'dwell', period],
    meta: { follows: ['opportunity'] },
    queryFn: () => body(api.GET('/api/reports/stage-dwell', { params: { query: momentsOf(period) } })),
  });

export const firstPassQuery = (period: Period) => {
  const { from, to } = momentsOf(period);
  return queryOptions({
    queryKey: ['reports', 'first-pass', period],
    meta: { follows: ['delivery'] },
    queryFn: () => body(api.GET('/api/deliveries/first-pass', { params: { query: { from, until: to } } })),
  });
};

export const qualityQuery = (period: Period, by: Group) =>
  queryOptions({
    queryKey: ['reports', 'quality', period, by],
    meta: { follows: ['review', 'score'] },
    queryFn: () => body(api.GET('/api/coaching/quality', { params: { query: { ...period, by } } })),
  });

export const resolutionQuery = (period: Period) =>
  queryOptions({
    queryKey: ['reports', 'resolution', period],
    meta: { follows: ['review', 'score', 'opportunity'] },
    queryFn: () => body(api.GET('/api/coaching/resolution', { params: { query: period } })),
  });

/** What an objection says; a withdrawn one has no words here. */
export const objectionQuery = (id: string) =>
  queryOptions({
    queryKey: ['objections', id],
    staleTime: 5 * 60_000,
    retry: false,
    queryFn: () => body(api.GET('/api/objections/{id}', { params: { path: { id } } })),
  });
