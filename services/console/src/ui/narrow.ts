import { Grid, type TableProps } from 'antd';
import { useMemo } from 'react';

type Column<T> = NonNullable<TableProps<T>['columns']>[number] & {
  /** On a phone it stands among the first, so wide: what a list is read for is seen without scrolling sideways. */
  narrow?: number;
};
export type Columns<T> = Column<T>[];

/** As wide as a column is that does not say. */
const WIDTH = 120;

/** Columns for a phone: those that fit come first, and nothing is pinned, which would cover them. */
export function narrowed<T>(columns: Columns<T>): Columns<T> {
  const first = columns.filter(({ narrow }) => narrow !== undefined);
  const rest = columns.filter(({ narrow }) => narrow === undefined);
  const loose = (column: Column<T>): Column<T> => ({ ...column, fixed: false, ...('ellipsis' in column ? { ellipsis: false } : {}) });
  return [...first.map((column) => ({ ...loose(column), width: column.narrow ?? WIDTH })), ...rest.map(loose)];
}

const widthOf = <T>({ width }: Column<T>) => (typeof width === 'number' ? width : WIDTH);

/** Columns as they fit the screen. */
export function useNarrowed<T>(columns: Columns<T>): { columns: Columns<T>; isNarrow: boolean } {
  const isNarrow = !(Grid.useBreakpoint().md ?? true) && columns.some(({ narrow }) => narrow !== undefined);
  return useMemo(() => ({ columns: isNarrow ? narrowed(columns) : columns, isNarrow }), [columns, isNarrow]);
}

/** What the component library's table is told: on a phone widths hold and words break, elsewhere nothing breaks. */
export function useFitting<T>(given: Columns<T>): Pick<TableProps<T>, 'columns' | 'scroll' | 'tableLayout'> {
  const { columns, isNarrow } = useNarrowed(given);
  return isNarrow ? { columns, scroll: { x: columns.reduce((sum, column) => sum + widthOf(column), 0) }, tableLayout: 'fixed' } : { columns, scroll: { x: 'max-content' } };
}
