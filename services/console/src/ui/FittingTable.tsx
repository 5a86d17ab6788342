import { Table, type TableProps } from 'antd';

import { type Columns, useFitting } from './narrow';
import { reachable } from './reachable';

type Props<T> = Omit<TableProps<T>, 'columns' | 'scroll' | 'tableLayout'> & { columns: Columns<T> };

/** A short table that fits a phone: what it is read for stands first there. */
export function FittingTable<T extends object>({ columns, ...rest }: Props<T>) {
  return <div ref={reachable}><Table<T> pagination={false} {...rest} {...useFitting(columns)} /></div>;
}
