import type { InfiniteData, Query, QueryFunction, QueryFunctionContext, QueryKey } from '@tanstack/react-query';

/** A page of a list as the API answers it. */
export interface Page<T> {
  items: T[];
  next_cursor?: string | null;
}

type Cursor = string | undefined;
export type Pages<T> = InfiniteData<Page<T>, unknown>;

/** Up to here a list is asked again as a whole. */
const WHOLE_UP_TO = 3;

interface Reading {
  /** The pages in sight. */
  first: number;
  last: number;
  /** Cursors of pages that may have changed since they were fetched. */
  stale: ReadonlySet<unknown>;
  catchingUp: boolean;
}

const READ = new WeakMap<object, Reading>();

const NOTHING: ReadonlySet<unknown> = new Set();

/** Which pages of a list may have changed since they were fetched. */
export function staleOf(query: object | undefined): ReadonlySet<unknown> {
  return (query && READ.get(query)?.stale) ?? NOTHING;
}

/** Says which pages of a list are seen; those that have changed meanwhile are fetched now. */
export function look(query: Query<never, Error, never>, first: number, last: number): void {
  const reading = READ.get(query) ?? { first, last, stale: NOTHING, catchingUp: false };
  Object.assign(reading, { first, last });
  READ.set(query, reading);
  const { data, fetchStatus, status } = query.state as { data?: Pages<unknown>; fetchStatus: string; status: string };
  // After a failure only what asks everything again asks this: a dead network would be asked without end.
  if (!data || fetchStatus !== 'idle' || status === 'error') return;
  if (!data.pageParams.slice(first, last + 1).some((cursor) => reading.stale.has(cursor))) return;
  reading.catchingUp = true;
  query.fetch().catch(() => undefined);
}

/** Nobody looks any more; whoever comes next begins at the top. */
export function lookAway(query: object): void {
  const reading = READ.get(query);
  if (reading) Object.assign(reading, { first: 0, last: 0 });
}

interface Again<T> {
  data: Pages<T>;
  stale: ReadonlySet<unknown>;
}

/**
 * Fetches those pages in sight again that are stale, each from its own cursor.
 *
 * A cursor is the place of the row before it, so a page can be had without those above. When a page now ends elsewhere, what
 * was below it no longer fits on and is dropped: it comes again with scrolling.
 */
export async function seenAgain<T>(before: Pages<T>, stale: ReadonlySet<unknown>, { first, last }: { first: number; last: number }, fetchPage: (cursor: Cursor) => Promise<Page<T>>): Promise<Again<T>> {
  const [pages, cursors] = [[...before.pages], [...before.pageParams] as Cursor[]];
  const left = new Set(stale);
  for (let at = first; at <= last && at < cursors.length; at += 1) {
    const cursor = cursors[at];
    if (!left.has(cursor)) continue;
    const page = await fetchPage(cursor);
    pages[at] = page;
    left.delete(cursor);
    const next = page.next_cursor ?? undefined;
    if (at + 1 === cursors.length || next === cursors[at + 1]) continue;
    for (const dropped of cursors.splice(at + 1)) left.delete(dropped);
    pages.length = at + 1;
    if (next === undefined || at === last) break;
    cursors.push(next);
    left.add(next);
  }
  return { data: { pages, pageParams: cursors }, stale: left };
}

/**
 * How queries fetch: a long list that somebody reads is asked again only for the pages in sight, however it came to be
 * asked again. The other pages stay and are fetched when they are scrolled to.
 */
export async function whereSeen<T>(fetchAll: QueryFunction<T, QueryKey, never>, context: QueryFunctionContext, query: Query): Promise<T> {
  const reading = READ.get(query);
  const data = query.state.data as Pages<unknown> | undefined;
  if (!reading || !data || query.state.fetchMeta?.fetchMore) return fetchAll(context as never);
  if (data.pages.length <= WHOLE_UP_TO) {
    const answer = await fetchAll(context as never);
    reading.stale = NOTHING;
    return answer;
  }
  // Unless it only catches up, something has changed anywhere in the list.
  if (!reading.catchingUp) reading.stale = new Set(data.pageParams);
  reading.catchingUp = false;
  const fetchPage = query.options.queryFn as (asked: object) => Promise<Page<unknown>>;
  const again = await seenAgain(data, reading.stale, reading, (pageParam) => {
    context.signal.throwIfAborted();
    return fetchPage({ ...context, signal: context.signal, pageParam, direction: 'forward' });
  });
  context.signal.throwIfAborted();
  reading.stale = again.stale;
  return again.data as T;
}
