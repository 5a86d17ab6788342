import type { TableProps } from 'antd';
import { type CSSProperties, type MouseEvent, type ReactNode, Fragment, useCallback, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { LEAD_WIDTH, drawable, template } from './columns';
import { LongHead } from './LongHead';
import { LongRow } from './LongRow';
import { type Ticks, ticked } from './ticks';
import { type Seen, useWindow } from './useWindow';
import './long.css';

export interface LongProps<T> {
  rows: readonly T[];
  keyOf: (row: T) => string;
  columns: NonNullable<TableProps<T>['columns']>;
  /** What somebody hears who comes to the list. */
  label: string;
  height: number;
  /** More rows will come: nobody knows how many there are. */
  grows?: boolean;
  ticks?: Ticks<T> | undefined;
  marked?: ((row: T) => boolean) | undefined;
  below?: ((row: T) => ReactNode) | undefined;
  onSeen?: (seen: Seen) => void;
}

const NOTHING = () => undefined;

/**
 * A table of any length: the browser scrolls it, only the rows in sight and a few around them exist, and each is drawn once.
 *
 * The component library's own table takes more than a frame for each step through such a list.
 */
export function LongTable<T>({ rows, keyOf, columns, label, height, grows = false, ticks, marked, below, onSeen = NOTHING }: LongProps<T>) {
  const { t } = useTranslation();
  const list = useRef<HTMLDivElement>(null);
  const keys = useMemo(() => rows.map(keyOf), [rows, keyOf]);
  const { first, last, places, onScroll, measure } = useWindow(list, keys, height, onSeen);
  const lead = ticks || below ? LEAD_WIDTH : 0;
  const drawn = useMemo(() => drawable(columns, lead), [columns, lead]);
  const grid = useMemo(() => template(drawn, lead), [drawn, lead]);
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const onOpen = useCallback((key: string) => setOpened((before) => (before.has(key) ? new Set([...before].filter((one) => one !== key)) : new Set(before).add(key))), []);
  const onTick = useTick(rows, keyOf, ticks);
  const [focused, setFocused] = useState<string>();
  const shown = drawnRows(first, last, focused === undefined ? -1 : keys.indexOf(focused));
  return (
    <div
      ref={list}
      className="long"
      role="region"
      aria-label={label}
      tabIndex={0}
      style={{ height, '--long-columns': grid.columns, '--long-width': `${grid.width}px`, '--long-fixed': `${grid.fixed}px` } as CSSProperties}
      onScroll={onScroll}
      onFocus={({ target }) => setFocused((target as HTMLElement).closest<HTMLElement>('[data-row-key]')?.dataset.rowKey)}
      onBlur={() => setFocused(undefined)}
    >
      <div role="table" aria-rowcount={grows ? -1 : rows.length + 1} className="long-table">
        <LongHead columns={drawn} rows={rows} keyOf={keyOf} ticks={ticks} opens={below !== undefined} />
        <div role="rowgroup" style={{ height: places.end }}>
          {shown.map((at, position) => {
            const row = rows[at];
            if (row === undefined) return null;
            const key = keys[at] ?? '';
            const gap = places.top(at) - (position === 0 ? 0 : places.top((shown[position - 1] ?? 0) + 1));
            return (
              <Fragment key={key}>
                {gap > 0 ? <div role="presentation" style={{ height: gap }} /> : null}
                <LongRow
                  row={row}
                  id={key}
                  at={at}
                  columns={drawn}
                  className={marked?.(row) ? 'line marked' : ticks?.ticked.has(key) ? 'line ticked' : 'line'}
                  measure={measure}
                  tickLabel={ticks?.label(row)}
                  ticked={ticks?.ticked.has(key) ?? false}
                  locked={ticks?.locked(row) ?? false}
                  onTick={onTick}
                  below={below}
                  opened={below ? opened.has(key) : undefined}
                  openLabel={t('state.details')}
                  onOpen={onOpen}
                />
              </Fragment>
            );
          })}
        </div>
      </div>
    </div>
  );
}

/** The rows that exist: those in the window, and the one that has the keyboard, which would be lost with it. */
export function drawnRows(first: number, last: number, focused: number): number[] {
  const rows = Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => first + at);
  if (focused < 0 || (focused >= first && focused <= last)) return rows;
  return focused < first ? [focused, ...rows] : [...rows, focused];
}

/** Ticks a row, with the shift key everything since the one before. */
function useTick<T>(rows: readonly T[], keyOf: (row: T) => string, ticks: Ticks<T> | undefined): (at: number, event: MouseEvent) => void {
  const newest = useRef({ rows, keyOf, ticks });
  newest.current = { rows, keyOf, ticks };
  const before = useRef<string>(undefined);
  return useCallback((at, { shiftKey }) => {
    const { rows: all, keyOf: id, ticks: set } = newest.current;
    const row = all[at];
    if (!set || row === undefined) return;
    const from = shiftKey ? all.findIndex((one) => id(one) === before.current) : -1;
    before.current = id(row);
    set.onChange(ticked(all, id, set, from < 0 ? at : from, at));
  }, []);
}
