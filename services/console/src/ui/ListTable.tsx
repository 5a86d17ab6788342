import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import { Button, Table, type TableProps } from 'antd';
import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import { Empty, Failed, Loading } from './States';
import { drawnOnce } from './drawnOnce';
import { reachable } from './reachable';
import { useFetchAhead } from './useFetchAhead';

interface Page<T> {
  items: T[];
  next_cursor?: string | null;
}

interface Props<T> extends Omit<TableProps<T>, 'dataSource' | 'pagination' | 'loading'> {
  query: UseInfiniteQueryResult<InfiniteData<Page<T>>>;
  empty?: ReactNode;
  /** Rows are drawn as they come into view; the height of the list. */
  height?: number;
}

/** From here on only the rows in view are drawn. */
const DRAW_ALL_UP_TO = 100;

/** A list that grows page by page as it is scrolled, with its states. */
export function ListTable<T extends object>({ query, empty, height = 620, columns = [], ...table }: Props<T>) {
  const { t } = useTranslation();
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  const drawn = useMemo(() => drawnOnce(columns), [columns]);
  const onScroll = useFetchAhead(query, rows.length);
  if (query.data === undefined) {
    return query.error ? <Failed error={query.error} retry={() => void query.refetch()} /> : <Loading rows={8} />;
  }
  if (rows.length === 0) return <>{empty ?? <Empty />}</>;
  // A list that will grow has its final height from the beginning: it does not jump under the reader.
  const long = rows.length > DRAW_ALL_UP_TO || query.hasNextPage;
  return (
    <div ref={reachable}>
      <Table<T>
        size="middle"
        {...table}
        columns={drawn}
        dataSource={rows}
        pagination={false}
        virtual={long}
        scroll={long ? { x: 900, y: height } : { x: 'max-content' }}
        onScroll={onScroll}
      />
      <div className="row spread" style={{ padding: '10px 14px' }}>
        <span className="soft" role="status">{t('state.shown', { count: rows.length })}</span>
        {query.hasNextPage ? (
          <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{t('state.more')}</Button>
        ) : null}
      </div>
    </div>
  );
}
