import { type Query, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef } from 'react';

import { type Pages, look, lookAway, staleOf } from '../api/whereSeen';
import type { Seen } from './long/useWindow';
import { pageAt, rowsOf } from './rowsOf';

const NONE: never[] = [];

/** The rows of a list that comes in pages, which list it is, and whom to tell which of them are seen. */
export function useReading<T>(data: Pages<T> | undefined, keyOf: (row: T) => string): { rows: T[]; of: string | undefined; onSeen: (seen: Seen) => void } {
  const client = useQueryClient();
  const query = useMemo(() => (data ? client.getQueryCache().getAll().find(({ state }) => state.data === data) : undefined), [client, data]);
  const { rows, starts } = useMemo(() => (data ? rowsOf(data, staleOf(query), keyOf) : { rows: NONE, starts: NONE }), [data, query, keyOf]);
  const newest = useRef({ query, starts });
  newest.current = { query, starts };
  const onSeen = useCallback(({ first, last }: Seen) => {
    const { query: of, starts: from } = newest.current;
    if (of) look(of as unknown as Query<never, Error, never>, pageAt(from, first), pageAt(from, last));
  }, []);
  useEffect(() => () => {
    if (query) lookAway(query);
  }, [query]);
  return { rows, of: query?.queryHash, onSeen };
}
