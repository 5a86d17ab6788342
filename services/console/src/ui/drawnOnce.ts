import type { TableProps } from 'antd';

type Columns<T> = NonNullable<TableProps<T>['columns']>;

/**
 * Columns whose cells are drawn again only for another record, or once these columns are new ones.
 *
 * A list that is scrolled goes through all rows in view with every frame; without this each cell would be drawn each time.
 */
export function drawnOnce<T extends object>(columns: Columns<T>): Columns<T> {
  return columns.map((column) => {
    const drawn = new WeakSet<T>();
    const shouldCellUpdate = (next: T, previous: T) => {
      const known = drawn.has(next);
      drawn.add(next);
      return next !== previous || !known;
    };
    return { ...column, shouldCellUpdate };
  });
}
