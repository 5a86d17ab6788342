import type { TableProps } from 'antd';
import type { CSSProperties, ReactNode } from 'react';

type Columns<T> = NonNullable<TableProps<T>['columns']>;

/** What a long list draws of the component library's columns. */
export interface Column<T> {
  key: string;
  title: ReactNode;
  /** At least so wide; what is left over is shared out in proportion. */
  width: number;
  className: string;
  style: CSSProperties | undefined;
  draw: (row: T, at: number) => ReactNode;
}

const WIDTH = 120;
/** The column before the others, with boxes to tick or to open a row. */
export const LEAD_WIDTH = 40;

type Given<T> = Columns<T>[number] & { dataIndex?: unknown; render?: (value: unknown, row: T, at: number) => unknown };

/** Columns as they are drawn row by row; `lead` is the width that stands before a fixed one. */
export function drawable<T>(columns: Columns<T>, lead: number): Column<T>[] {
  return (columns as Given<T>[]).map((column, at) => {
    const { title, width, align, fixed, dataIndex, render } = column;
    const ellipsis = 'ellipsis' in column && column.ellipsis;
    const value = (row: T) => (typeof dataIndex === 'string' ? (row as Record<string, unknown>)[dataIndex] : undefined);
    return {
      key: String(column.key ?? (typeof dataIndex === 'string' ? dataIndex : at)),
      title: title as ReactNode,
      width: typeof width === 'number' ? width : WIDTH,
      className: ['cell', align === 'end' ? 'end' : '', ellipsis ? 'short' : '', fixed ? 'fixed' : ''].filter(Boolean).join(' '),
      style: fixed ? { insetInlineStart: lead } : undefined,
      draw: (row, index) => (render ? render(value(row), row, index) : value(row)) as ReactNode,
    };
  });
}

/** The grid of a row: every row has the same, so that what stands in one column lines up. */
export function template<T>(columns: readonly Column<T>[], lead: number): { columns: string; width: number; fixed: number } {
  const tracks = columns.map(({ width }) => `minmax(${width}px, ${width}fr)`);
  return {
    columns: [...(lead > 0 ? [`${lead}px`] : []), ...tracks].join(' '),
    width: columns.reduce((sum, { width }) => sum + width, lead),
    // What stays in sight at the side covers what is scrolled under it.
    fixed: columns.reduce((sum, { width, style }) => sum + (style ? width : 0), lead),
  };
}
