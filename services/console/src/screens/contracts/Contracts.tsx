import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { ListTable } from '../../ui/ListTable';
import { type Columns } from '../../ui/narrow';
import { PageHead, Panel } from '../../ui/Page';
import { PersonName } from '../../ui/PersonName';
import { SearchField } from '../../ui/SearchField';
import { Empty } from '../../ui/States';
import { Moment, Money } from '../../ui/Values';
import { filterOf, useNarrowing } from '../../ui/useNarrowing';
import { SavedViews } from '../../ui/views/SavedViews';
import { ContractStatusTag } from './ContractStatusTag';
import { CONTRACT_STATUSES, type ContractFilter, type ContractStatus, type ContractSummary, contractsQuery } from './query';

const NAMES = ['q', 'status'] as const;

export function Contracts() {
  const { t } = useTranslation();
  const { params, change, search } = useNarrowing();
  const filter = useMemo(() => filterOf<ContractFilter>(params, NAMES), [params]);
  const query = useInfiniteQuery(contractsQuery(filter));
  return (
    <>
      <PageHead title={t('nav.contracts')} hint={t('contracts.hint')} extra={<Link to="/contracts/clauses"><Button>{t('clauses.title')}</Button></Link>} />
      <Panel flush>
        <div className="filters" role="search">
          <SavedViews screen="contracts" search={search} />
          <SearchField width={280} label={t('quotes.search')} value={filter.q ?? ''} onSearch={(text) => change('q', text)} />
          <Select<ContractStatus>
            allowClear
            style={{ width: 140 }}
            aria-label={t('quotes.statusLabel')}
            placeholder={t('quotes.statusLabel')}
            value={filter.status ?? null}
            onChange={(value: string | undefined) => change('status', value)}
            options={CONTRACT_STATUSES.map((value) => ({ value, label: t(`contracts.status.${value}`) }))}
          />
        </div>
        <ListTable<ContractSummary> query={query} rowKey="id" columns={useColumns()} empty={<Empty title={t('contracts.none')} hint={t('contracts.noneHint')} />} />
      </Panel>
    </>
  );
}

function useColumns(): Columns<ContractSummary> {
  const { t } = useTranslation();
  return useMemo(() => [
    {
      title: t('contracts.number'),
      dataIndex: 'number',
      width: 260,
      narrow: 140,
      render: (number: string, row) => (
        <div className="stack tight">
          <Link className="num" to={`/contracts/${row.id}`}>{number}</Link>
          <Link className="aside" to={`/customers/${row.customer_id}`}>{row.company}</Link>
        </div>
      ),
    },
    { title: t('sales.field.subject'), dataIndex: 'subject', width: 200, ellipsis: true, render: (subject: string, row) => <Link to={`/opportunities/${row.opportunity_id}`}>{subject}</Link> },
    { title: t('quotes.statusLabel'), dataIndex: 'status', width: 110, narrow: 92, render: (status: ContractStatus) => <ContractStatusTag status={status} /> },
    { title: t('quotes.total'), dataIndex: 'total', width: 150, narrow: 128, align: 'end', render: (_: unknown, row) => <Money of={row.total} /> },
    { title: t('leads.column.owner'), dataIndex: 'owner_id', width: 96, render: (owner: string) => <PersonName id={owner} /> },
    { title: t('contracts.signedAt'), dataIndex: 'signed_at', width: 124, render: (at: string | null) => <Moment at={at} /> },
    { title: t('quotes.updated'), dataIndex: 'updated_at', width: 124, render: (at: string) => <Moment at={at} /> },
  ], [t]);
}
