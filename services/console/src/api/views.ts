// The contract of /api/me/views, until `schema.d.ts` has it: then these types come from there and the calls go through
// `api` directly.
import { queryOptions } from '@tanstack/react-query';
import type createClient from 'openapi-fetch';

import { api, body, once, seen } from './client';

/** The lists that views are kept of. */
export type Screen = 'leads' | 'customers' | 'opportunities' | 'quotes' | 'contracts' | 'receivables';

/** What is kept of a view: the filters, as they stand in the address. */
export interface ViewDraft {
  screen: Screen;
  name: string;
  query: string;
  is_default: boolean;
}

export interface View extends ViewDraft {
  id: string;
  version: number;
}

type Answer<T> = { content: { 'application/json': T } };
type Body<T> = { content: { 'application/json': T } };
type WithId = { path: { id: string } };

interface Paths {
  '/api/me/views': {
    get: { parameters: { query: { screen: Screen } }; responses: { 200: Answer<{ items: View[] }> } };
    post: { requestBody: Body<ViewDraft>; responses: { 201: Answer<View> } };
  };
  '/api/me/views/{id}': {
    put: { parameters: WithId; requestBody: Body<ViewDraft>; responses: { 200: Answer<View> } };
    delete: { parameters: WithId; responses: { 204: { content?: never } } };
  };
}

const planned = api as unknown as ReturnType<typeof createClient<Paths>>;

export const viewsKey = ['views'] as const;

/** One's own views of a list. */
export const viewsQuery = (screen: Screen) =>
  queryOptions({
    queryKey: [...viewsKey, screen],
    meta: { follows: ['saved_view'] },
    queryFn: async () => (await body(planned.GET('/api/me/views', { params: { query: { screen } } }))).items,
  });

export const addView = (draft: ViewDraft, key: string): Promise<View> => body(planned.POST('/api/me/views', { headers: once(key), body: draft }));

export const changeView = ({ id, version }: Pick<View, 'id' | 'version'>, draft: ViewDraft, key: string): Promise<View> =>
  body(planned.PUT('/api/me/views/{id}', { params: { path: { id } }, headers: seen(version, key), body: draft }));

export const removeView = (id: string, key: string) => body(planned.DELETE('/api/me/views/{id}', { params: { path: { id } }, headers: once(key) }));
