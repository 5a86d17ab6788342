import { type UIEvent, useCallback, useEffect, useRef } from 'react';

/** The next page is asked for while this much is still below what is seen, in pixels: about 200 rows. */
const AHEAD = 8_000;

interface Growing {
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  isFetchNextPageError: boolean;
  fetchNextPage: () => unknown;
}

/** Fetches a list's pages before they are scrolled to; the answer is for the list's `onScroll`. */
export function useFetchAhead(query: Growing, rows: number): (event: UIEvent<HTMLElement>) => void {
  const list = useRef<HTMLElement | null>(null);
  const check = () => {
    const { current } = list;
    // After a failure only the button asks again: otherwise a dead network would be asked without end.
    if (!current || !query.hasNextPage || query.isFetchingNextPage || query.isFetchNextPageError) return;
    if (current.scrollHeight - current.scrollTop - current.clientHeight < AHEAD) void query.fetchNextPage();
  };
  const newest = useRef(check);
  newest.current = check;
  // What was fetched may not reach far enough: whoever dragged to the end scrolls no more.
  useEffect(() => newest.current(), [rows, query.isFetchingNextPage]);
  return useCallback((event) => {
    list.current = event.currentTarget;
    newest.current();
  }, []);
}
