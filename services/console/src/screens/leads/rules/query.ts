import { queryOptions } from '@tanstack/react-query';

import { api, body, once, seen } from '../../../api/client';
import type { components } from '../../../api/schema';
import type { Role } from '../../../app/session';
import type { Draft } from './draft';

type Schema = components['schemas'];
export type Rule = Schema['RuleView'];
export type Condition = Schema['Condition'];
export type Action = Schema['Action'];
export type Band = Schema['Band'];
export type Further = Schema['Further'];
export type Source = Schema['LeadRoutingSource'];

/** Who reads the rules and who writes them, as the policies have it. */
export const READERS: readonly Role[] = ['operations', 'sales_manager', 'sales_director', 'auditor'];
export const WRITERS: readonly Role[] = ['operations'];

const follows = ['routing_rule'];

/** Every rule, in the order in which they are tried. */
export const rulesQuery = queryOptions({
  queryKey: ['routing-rules'],
  meta: { follows },
  queryFn: () => body(api.GET('/api/routing-rules')),
});

export const ruleQuery = (id: string) =>
  queryOptions({
    queryKey: ['routing-rules', id],
    meta: { follows },
    queryFn: () => body(api.GET('/api/routing-rules/{id}', { params: { path: { id } } })),
  });

export const addRule = (draft: Draft, key: string) => body(api.POST('/api/routing-rules', { headers: once(key), body: draft }));

export const changeRule = (id: string, version: number, draft: Draft, key: string) =>
  body(api.PUT('/api/routing-rules/{id}', { params: { path: { id } }, headers: seen(version, key), body: draft }));

export const removeRule = (id: string, key: string) => body(api.DELETE('/api/routing-rules/{id}', { params: { path: { id } }, headers: once(key) }));
