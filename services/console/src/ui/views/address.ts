import type { View, ViewDraft } from '../../api/views';

/** Which view is open stands in the address beside the filters; `all` means that none was wanted. */
const OPEN = 'view';
export const ALL = 'all';

/** The filters in an address, always in the same order, so that equal filters are equal texts. */
export function filtersOf(params: URLSearchParams): string {
  const kept = new URLSearchParams(params);
  kept.delete(OPEN);
  kept.sort();
  return kept.toString();
}

/** The address of a view. */
export function opened(view: View): URLSearchParams {
  const params = new URLSearchParams(view.query);
  params.set(OPEN, view.id);
  return params;
}

/** The address without filters. It says so itself: otherwise the default view would come back. */
export const unfiltered = (): URLSearchParams => new URLSearchParams({ [OPEN]: ALL });

/** The view that is open: the one in the address, or one that has just these filters. */
export function openOf(views: readonly View[], params: URLSearchParams): View | undefined {
  const named = views.find(({ id }) => id === params.get(OPEN));
  const filters = filtersOf(params);
  return named ?? (filters === '' ? undefined : views.find((view) => sameFilters(view, params)));
}

export function sameFilters(view: Pick<View, 'query'>, params: URLSearchParams): boolean {
  return filtersOf(new URLSearchParams(view.query)) === filtersOf(params);
}

/** What is kept of a view. */
export const draftOf = ({ screen, name, query, is_default }: View): ViewDraft => ({ screen, name, query, is_default });

/** The view that a screen opens with: only when the address asks for nothing. */
export function startOf(views: readonly View[], params: URLSearchParams): View | undefined {
  return params.size === 0 ? views.find(({ is_default }) => is_default) : undefined;
}
