import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { hasRole, useMe } from '../../app/session';
import { CustomFilter } from '../../ui/custom/CustomFilter';
import { ListTable } from '../../ui/ListTable';
import { type Columns } from '../../ui/narrow';
import { PageHead, Panel } from '../../ui/Page';
import { PersonName } from '../../ui/PersonName';
import { SearchField } from '../../ui/SearchField';
import { Empty } from '../../ui/States';
import { Moment, Money } from '../../ui/Values';
import { filterOf, useNarrowing } from '../../ui/useNarrowing';
import { SavedViews } from '../../ui/views/SavedViews';
import { NewQuoteForm } from './NewQuoteForm';
import { QuoteStatusTag } from './QuoteStatusTag';
import { QUOTE_STATUSES, type QuoteFilter, type QuoteStatus, type QuoteSummary, quotesQuery } from './query';

const NAMES = ['q', 'status', 'custom'] as const;

export function Quotes() {
  const { t } = useTranslation();
  const me = useMe();
  const { params, change, search } = useNarrowing();
  const filter = useMemo(() => filterOf<QuoteFilter>(params, NAMES), [params]);
  const [adding, setAdding] = useState(false);
  const query = useInfiniteQuery(quotesQuery(filter));
  const may = hasRole(me, ['sales_rep', 'sales_manager', 'sales_director']);
  const add = may ? <Button type="primary" onClick={() => setAdding(true)}>{t('quotes.new')}</Button> : null;
  return (
    <>
      <PageHead title={t('nav.quotes')} hint={t('quotes.hint')} extra={add} />
      <Panel flush>
        <div className="filters" role="search">
          <SavedViews screen="quotes" search={search} />
          <SearchField width={280} label={t('quotes.search')} value={filter.q ?? ''} onSearch={(text) => change('q', text)} />
          <Select<QuoteStatus>
            allowClear
            style={{ width: 140 }}
            aria-label={t('quotes.statusLabel')}
            placeholder={t('quotes.statusLabel')}
            value={filter.status ?? null}
            onChange={(value: string | undefined) => change('status', value)}
            options={QUOTE_STATUSES.map((value) => ({ value, label: t(`quotes.status.${value}`) }))}
          />
          <CustomFilter resource="quote" search={search} />
        </div>
        <ListTable<QuoteSummary> query={query} rowKey="id" columns={useColumns()} empty={<Empty title={t('quotes.none')} hint={t('quotes.noneHint')} />} />
      </Panel>
      {adding ? <NewQuoteForm close={() => setAdding(false)} /> : null}
    </>
  );
}

function useColumns(): Columns<QuoteSummary> {
  const { t } = useTranslation();
  return useMemo(() => [
    {
      title: t('quotes.number'),
      dataIndex: 'number',
      width: 260,
      narrow: 140,
      render: (number: string, row) => (
        <div className="stack tight">
          <span className="row">
            <Link className="num" to={`/quotes/${row.id}`}>{number}</Link>
            <span className="soft nowrap">{t('quotes.revision', { number: row.revision })}</span>
          </span>
          <Link className="aside" to={`/customers/${row.customer_id}`}>{row.company}</Link>
        </div>
      ),
    },
    { title: t('sales.field.subject'), dataIndex: 'subject', width: 200, ellipsis: true, render: (subject: string, row) => <Link to={`/opportunities/${row.opportunity_id}`}>{subject}</Link> },
    { title: t('quotes.statusLabel'), dataIndex: 'status', width: 110, narrow: 92, render: (status: QuoteStatus) => <QuoteStatusTag status={status} /> },
    { title: t('quotes.total'), dataIndex: 'total', width: 150, narrow: 128, align: 'end', render: (_: unknown, row) => <Money of={row.total} /> },
    { title: t('leads.column.owner'), dataIndex: 'owner_id', width: 96, render: (owner: string) => <PersonName id={owner} /> },
    { title: t('quotes.updated'), dataIndex: 'updated_at', width: 124, render: (at: string) => <Moment at={at} /> },
  ], [t]);
}
