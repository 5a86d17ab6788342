import { type MouseEvent, type ReactNode, memo } from 'react';

import type { Column } from './columns';

export interface RowProps<T> {
  row: T;
  id: string;
  at: number;
  columns: readonly Column<T>[];
  className: string;
  measure: (row: HTMLElement | null) => () => void;
  /** What the box before the row is called; no text, no box. */
  tickLabel: string | undefined;
  ticked: boolean;
  locked: boolean;
  onTick: (at: number, event: MouseEvent) => void;
  /** What can be opened below the row. */
  below: ((row: T) => ReactNode) | undefined;
  opened: boolean | undefined;
  openLabel: string;
  onOpen: (id: string) => void;
}

function Drawn<T>({ row, id, at, columns, className, measure, tickLabel, ticked, locked, onTick, below, opened, openLabel, onOpen }: RowProps<T>) {
  const more = below?.(row);
  return (
    <div ref={measure} role="row" aria-rowindex={at + 2} data-row-key={id} className={className} {...(tickLabel === undefined ? {} : { 'aria-selected': ticked })}>
      {tickLabel === undefined ? null : (
        <div role="cell" className="cell lead">
          <input type="checkbox" className="tick" aria-label={tickLabel} checked={ticked} disabled={locked} onClick={(event) => onTick(at, event)} readOnly />
        </div>
      )}
      {opened === undefined ? null : (
        <div role="cell" className="cell lead">
          {more ? <button type="button" className="opener" aria-expanded={opened} aria-label={openLabel} onClick={() => onOpen(id)}>{opened ? '−' : '+'}</button> : null}
        </div>
      )}
      {columns.map((column) => (
        <Cell key={column.key} column={column} row={row} at={at} />
      ))}
      {opened ? <div role="cell" className="cell below">{more}</div> : null}
    </div>
  );
}

function Cell<T>({ column, row, at }: { column: Column<T>; row: T; at: number }) {
  const drawn = column.draw(row, at);
  // What is cut off can be read by pointing at it.
  const title = typeof drawn === 'string' && column.className.includes('short') ? drawn : undefined;
  return <div role="cell" className={column.className} style={column.style} title={title}>{drawn}</div>;
}

/** One row; it is drawn again only for another record or other columns, however far the list is scrolled. */
export const LongRow = memo(Drawn) as typeof Drawn;
