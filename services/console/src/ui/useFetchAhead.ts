import { useCallback, useEffect, useRef } from 'react';

import type { Seen } from './long/useWindow';

/** The next page is asked for while fewer rows than this are still below what is seen. */
const AHEAD = 400;

interface Growing {
  hasNextPage: boolean;
  isFetching: boolean;
  isFetchNextPageError: boolean;
  fetchNextPage: () => unknown;
}

/** Fetches a list's pages before they are scrolled to; the answer is to be told which rows are seen. */
export function useFetchAhead(query: Growing, rows: number): (seen: Seen) => void {
  const last = useRef(0);
  const check = () => {
    // Asking for more would break off what is being asked again. After a failure only the button asks again: otherwise a dead network would be asked without end.
    if (last.current === 0 || !query.hasNextPage || query.isFetching || query.isFetchNextPageError) return;
    if (rows - last.current < AHEAD) void query.fetchNextPage();
  };
  const newest = useRef(check);
  newest.current = check;
  // What was fetched may not reach far enough: whoever dragged to the end scrolls no more.
  useEffect(() => newest.current(), [rows, query.isFetching]);
  return useCallback((seen) => {
    // Whoever has not scrolled may not want more than the first page.
    if (seen.first > 0) last.current = seen.last;
    newest.current();
  }, []);
}
