import { type RefObject, useCallback, useEffect, useLayoutEffect, useMemo, useReducer, useRef } from 'react';
import { flushSync } from 'react-dom';

import { Heights, Places } from './places';

/** Rows drawn above and below what is seen: the browser moves them before this program hears of it. */
const SPARE = 8;
const GUESS = 39;

/** What is seen of a list: row numbers, the last one included. */
export interface Seen {
  first: number;
  last: number;
}

interface Window extends Seen {
  places: Places;
  onScroll: () => void;
  /** For every row: its height is followed from here on. */
  measure: (row: HTMLElement | null) => () => void;
}

/** Which rows of a list are drawn while it is scrolled, and where they stand. */
export function useWindow(list: RefObject<HTMLElement | null>, keys: readonly string[], height: number, onSeen: (seen: Seen) => void): Window {
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const heights = useRef<Heights>(null);
  heights.current ??= new Heights(GUESS);
  const known = heights.current;
  const places = useMemo(() => new Places(keys, known), [keys, known]);
  const scrolled = useRef(0);
  /** The first row in sight and how much of it is above the edge: what stays where it is when rows come and go above. */
  const anchor = useRef<{ key: string | undefined; over: number }>({ key: undefined, over: 0 });
  const seen = (): Seen => ({ first: places.at(scrolled.current), last: places.at(scrolled.current + height) });
  const drawn = useRef<Seen>({ first: 0, last: -1 });
  const now = seen();
  drawn.current = { first: Math.max(0, now.first - SPARE), last: Math.min(keys.length - 1, now.last + SPARE) };

  const newest = useRef({ places, keys, seen, onSeen });
  newest.current = { places, keys, seen, onSeen };

  const onScroll = useCallback(() => {
    scrolled.current = list.current?.scrollTop ?? 0;
    const { places: at, keys: all, seen: look, onSeen: tell } = newest.current;
    const { first, last } = look();
    anchor.current = { key: all[first], over: scrolled.current - at.top(first) };
    const wanted = { first: Math.max(0, first - SPARE), last: Math.min(all.length - 1, last + SPARE) };
    // At once: what is drawn after this frame would be missing in it.
    if (wanted.first !== drawn.current.first || wanted.last !== drawn.current.last) flushSync(redraw);
    tell({ first, last });
  }, [list]);

  /** Puts the row that was first in sight back where it was. */
  const hold = useCallback(() => {
    const { current: box } = list;
    const { key, over } = anchor.current;
    const { places: at, keys: all } = newest.current;
    if (!box || key === undefined || scrolled.current <= 0) return;
    const first = at.at(scrolled.current);
    const row = all[first] === key ? first : all.indexOf(key);
    const shift = row < 0 ? 0 : at.top(row) + over - scrolled.current;
    if (Math.abs(shift) < 1) return;
    // Added to where the list is by now: the browser may have scrolled it on in the meantime.
    box.scrollTop += shift;
    scrolled.current = box.scrollTop;
    redraw();
  }, [list]);

  useLayoutEffect(hold, [hold, keys]);
  useEffect(() => newest.current.onSeen(newest.current.seen()), [keys]);

  const observer = useRef<ResizeObserver>(null);
  const measure = useCallback((row: HTMLElement | null) => {
    observer.current ??= new ResizeObserver((entries) => {
      let changed = false;
      for (const { target, borderBoxSize } of entries) {
        const key = (target as HTMLElement).dataset.rowKey;
        const [box] = borderBoxSize;
        if (key !== undefined && box && target.isConnected) changed = known.take(key, box.blockSize) || changed;
      }
      if (!changed) return;
      newest.current.places.moved();
      flushSync(redraw);
      hold();
    });
    if (row) observer.current.observe(row);
    return () => {
      if (row) observer.current?.unobserve(row);
    };
  }, [known, hold]);
  useEffect(() => () => observer.current?.disconnect(), []);

  return { ...drawn.current, places, onScroll, measure };
}
