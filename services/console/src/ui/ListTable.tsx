import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import { Button } from 'antd';
import { type ReactNode, useCallback } from 'react';
import { useTranslation } from 'react-i18next';

import type { Page } from '../api/whereSeen';
import { FittingTable } from './FittingTable';
import { type Columns, useNarrowed } from './narrow';
import { Empty, Failed, Loading } from './States';
import { LEAD_WIDTH } from './long/columns';
import { LongTable } from './long/LongTable';
import type { Ticks } from './long/ticks';
import type { Seen } from './long/useWindow';
import { useFetchAhead } from './useFetchAhead';
import { useReading } from './useReading';

interface Props<T> {
  query: UseInfiniteQueryResult<InfiniteData<Page<T>>>;
  rowKey: keyof T & string;
  columns: Columns<T>;
  empty?: ReactNode;
  /** Rows are drawn as they come into view; the height of the list. */
  height?: number;
  ticks?: Ticks<T> | undefined;
  /** The row that is open beside the list. */
  marked?: (row: T) => boolean;
  expandable?: { rowExpandable: (row: T) => boolean; expandedRowRender: (row: T) => ReactNode };
}

/** From here on only the rows in view are drawn. */
const DRAW_ALL_UP_TO = 100;

/** A list that grows page by page as it is scrolled, with its states. */
export function ListTable<T extends object>({ query, empty, ...table }: Props<T>) {
  const { t } = useTranslation();
  const { rowKey } = table;
  const keyOf = useCallback((row: T) => String(row[rowKey]), [rowKey]);
  const { rows, of, onSeen } = useReading(query.data, keyOf);
  if (query.data === undefined) {
    return query.error ? <Failed error={query.error} retry={() => void query.refetch()} /> : <Loading rows={8} />;
  }
  if (rows.length === 0) return <>{empty ?? <Empty />}</>;
  // A list that will grow has its final height from the beginning: it does not jump under the reader.
  const long = rows.length > DRAW_ALL_UP_TO || query.hasNextPage;
  return (
    <>
      {long ? <Long key={of} query={query} rows={rows} keyOf={keyOf} onSeen={onSeen} {...table} /> : <Short rows={rows} {...table} />}
      <div className="row spread" style={{ padding: '10px 14px' }}>
        <span className="soft" role="status">{t('state.shown', { count: rows.length })}</span>
        {query.hasNextPage ? (
          <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{t('state.more')}</Button>
        ) : null}
      </div>
    </>
  );
}

type Drawn<T> = Omit<Props<T>, 'query' | 'empty'> & { rows: T[] };
type Scrolled<T> = Drawn<T> & Pick<Props<T>, 'query'> & { keyOf: (row: T) => string; onSeen: (seen: Seen) => void };

function Long<T extends object>({ query, rows, keyOf, onSeen, columns, height = 620, ticks, marked, expandable }: Scrolled<T>) {
  const { t } = useTranslation();
  const below = useCallback((row: T) => (expandable?.rowExpandable(row) ? expandable.expandedRowRender(row) : null), [expandable]);
  const fetchAhead = useFetchAhead(query, rows.length);
  const seen = useCallback((rowsSeen: Seen) => {
    onSeen(rowsSeen);
    fetchAhead(rowsSeen);
  }, [onSeen, fetchAhead]);
  const { columns: fitting } = useNarrowed(columns);
  return (
    <LongTable<T>
      rows={rows}
      keyOf={keyOf}
      columns={fitting}
      label={t('state.list')}
      height={height}
      grows={query.hasNextPage}
      ticks={ticks}
      marked={marked}
      below={expandable ? below : undefined}
      onSeen={seen}
    />
  );
}

function Short<T extends object>({ rows, rowKey, columns, ticks, marked, expandable }: Drawn<T>) {
  return (
    <FittingTable<T>
      size="middle"
      rowKey={rowKey}
      columns={columns}
      dataSource={rows}
      {...(marked ? { rowClassName: (row: T) => (marked(row) ? 'ant-table-row-selected' : '') } : {})}
      {...(expandable ? { expandable } : {})}
      {...(ticks
        ? {
            rowSelection: {
              columnWidth: LEAD_WIDTH,
              selectedRowKeys: [...ticks.ticked],
              onChange: (_: unknown, chosen: T[]) => ticks.onChange(chosen),
              getCheckboxProps: (row: T) => ({ disabled: ticks.locked(row), 'aria-label': ticks.label(row) }) as object,
            },
          }
        : {})}
    />
  );
}
