import { queryOptions } from '@tanstack/react-query';

import { api, body, once, seen } from './client';
import type { components } from './schema';

/** The lists that views are kept of. */
export type Screen = 'leads' | 'customers' | 'opportunities' | 'quotes' | 'contracts' | 'receivables';

/** What is kept of a view: the filters, as they stand in the address. */
export type ViewDraft = components['schemas']['SavedViewDraft'];
export type View = components['schemas']['SavedView'];

export const viewsKey = ['views'] as const;

/** One's own views of a list. */
export const viewsQuery = (screen: Screen) =>
  queryOptions({
    queryKey: [...viewsKey, screen],
    queryFn: async () => (await body(api.GET('/api/me/views', { params: { query: { screen } } }))).items,
  });

export const addView = (draft: ViewDraft, key: string): Promise<View> => body(api.POST('/api/me/views', { headers: once(key), body: draft }));

export const changeView = ({ id, version }: Pick<View, 'id' | 'version'>, draft: ViewDraft, key: string): Promise<View> =>
  body(api.PUT('/api/me/views/{id}', { params: { path: { id } }, headers: seen(version, key), body: draft }));

export const removeView = (id: string, key: string) => body(api.DELETE('/api/me/views/{id}', { params: { path: { id } }, headers: once(key) }));
