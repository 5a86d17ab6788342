import { useInfiniteQuery } from '@tanstack/react-query';
import { Badge, Button, Checkbox, Select } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { hasRole, useMe } from '../../app/session';
import { now } from '../../ui/clock';
import { ListTable } from '../../ui/ListTable';
import { type Columns } from '../../ui/narrow';
import { PageHead, Panel } from '../../ui/Page';
import { PersonName } from '../../ui/PersonName';
import { SearchField } from '../../ui/SearchField';
import { Empty } from '../../ui/States';
import { Tag } from '../../ui/Tag';
import { Money } from '../../ui/Values';
import { useNarrowing } from '../../ui/useNarrowing';
import { SavedViews } from '../../ui/views/SavedViews';
import { AgeingFigures } from './AgeingFigures';
import { Journey } from './Journey';
import { NODES, STALLED_AFTER_HOURS, hoursAtNode } from './journey';
import { type Receivable, type ReceivableFilter, queueQuery, receivablesQuery } from './query';
import './collections.css';

/** Without a state in the address, what is open is shown: that is what has to be done. */
const ANY_STATE = 'any';
const STATES = ['open', 'cleared', 'overpaid', 'written_off'] as const;

export function Collections() {
  const { t } = useTranslation();
  const me = useMe();
  const { params, change, search } = useNarrowing();
  const filter = useMemo(() => filterOf(params), [params]);
  const query = useInfiniteQuery(receivablesQuery(filter));
  return (
    <>
      <PageHead title={t('nav.collections')} hint={t('collections.hint')} extra={hasRole(me, ['finance']) ? <StatementsLink /> : null} />
      <AgeingFigures />
      <Panel flush>
        <div className="filters" role="search">
          <SavedViews screen="receivables" search={search} />
          <SearchField width={280} label={t('collections.search')} value={filter.text ?? ''} onSearch={(text) => change('text', text)} />
          <Select
            allowClear
            style={{ width: 120 }}
            aria-label={t('collections.state.label')}
            placeholder={t('collections.state.label')}
            value={(filter.state as string | undefined) ?? null}
            onChange={(value) => change('state', value ?? ANY_STATE)}
            options={STATES.map((value) => ({ value: value as string, label: t(`collections.state.${value}`) }))}
          />
          <Select
            allowClear
            style={{ width: 180 }}
            aria-label={t('collections.at')}
            placeholder={t('collections.at')}
            value={filter.node === undefined ? null : String(filter.node)}
            onChange={(value) => change('node', value)}
            options={NODES.map((value) => ({ value: String(value), label: t(`collections.node.${value}`) }))}
          />
          <Checkbox checked={filter.blocked === true} onChange={(event) => change('blocked', event.target.checked ? 'true' : null)}>{t('collections.blockedOnly')}</Checkbox>
        </div>
        <ListTable<Receivable> query={query} rowKey="id" columns={useColumns()} empty={<Empty title={t('collections.none')} hint={t('collections.noneHint')} />} />
      </Panel>
    </>
  );
}

function filterOf(params: URLSearchParams): ReceivableFilter {
  const [state, node, text] = [params.get('state') ?? 'open', params.get('node'), params.get('text')];
  return {
    ...(state && state !== ANY_STATE ? { state: state as ReceivableFilter['state'] } : {}),
    ...(node ? { node: Number(node) } : {}),
    ...(text ? { text } : {}),
    ...(params.get('blocked') ? { blocked: true } : {}),
  };
}

/** Bank entries that nobody could match are finance's to-do. */
function StatementsLink() {
  const { t } = useTranslation();
  const queue = useInfiniteQuery(queueQuery);
  const waiting = queue.data?.pages.reduce((sum, page) => sum + page.items.length, 0) ?? 0;
  return (
    <Badge count={waiting} size="small">
      <Link to="/collections/statements"><Button>{t('collections.statements')}</Button></Link>
    </Badge>
  );
}

function useColumns(): Columns<Receivable> {
  const { t } = useTranslation();
  return useMemo(() => [
    {
      title: t('leads.column.company'),
      dataIndex: 'company',
      width: 240,
      narrow: 146,
      render: (company: string, row) => (
        <div className="stack tight">
          <Link to={`/collections/${row.id}`}>{company}</Link>
          <span className="soft num">{row.contract_number}</span>
        </div>
      ),
    },
    { title: t('collections.journey'), dataIndex: 'node', width: 300, render: (node: number) => <Journey node={node} /> },
    { title: t('collections.outstanding'), dataIndex: 'outstanding', width: 140, narrow: 116, align: 'end', render: (_: unknown, row) => <Money of={row.outstanding} /> },
    { title: t('collections.amount'), dataIndex: 'amount', width: 140, align: 'end', render: (_: unknown, row) => <Money of={row.amount} /> },
    { title: t('collections.standing'), dataIndex: 'moved_at', width: 110, narrow: 98, render: (_: unknown, row) => <Standing receivable={row} /> },
    { title: t('leads.column.owner'), dataIndex: 'owner_id', width: 96, render: (owner: string) => <PersonName id={owner} /> },
  ], [t]);
}

function Standing({ receivable }: { receivable: Receivable }) {
  const { t } = useTranslation();
  if (receivable.state !== 'open') return <Tag colour="green">{t(`collections.state.${receivable.state}`)}</Tag>;
  const hours = hoursAtNode(receivable.moved_at, now());
  const text = t('collections.hours', { count: hours });
  return hours > STALLED_AFTER_HOURS ? <Tag colour="red">{text}</Tag> : <span className="num">{text}</span>;
}
