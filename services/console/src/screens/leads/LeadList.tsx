import { useInfiniteQuery } from '@tanstack/react-query';
import { memo, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';

import { ListTable } from '../../ui/ListTable';
import { type Columns } from '../../ui/narrow';
import { PersonName } from '../../ui/PersonName';
import { Empty } from '../../ui/States';
import { Due, Moment, Money } from '../../ui/Values';
import { canAssign } from './canAssign';
import { LeadStateTag } from './LeadStateTag';
import { type Lead, filterOf, leadsQuery } from './query';

interface Props {
  /** The lead whose details are open. */
  open: string | undefined;
  /** Leads that are ticked to be assigned together; without it nothing can be ticked. */
  selected?: readonly Lead[];
  select?: (leads: Lead[]) => void;
}

/** The queue. It asks for its pages itself, so that nothing around it is drawn again when one comes. */
export const LeadList = memo(({ open, selected, select }: Props) => {
  const { t } = useTranslation();
  const [params] = useSearchParams();
  const filter = useMemo(() => filterOf(params), [params]);
  const query = useInfiniteQuery(leadsQuery(filter));
  const columns = useColumns();
  const ticks = useMemo(
    () => (selected && select ? { ticked: new Set(selected.map(({ id }) => id)), label: ({ company }: Lead) => company, locked: (lead: Lead) => !canAssign(lead), onChange: select } : undefined),
    [selected, select],
  );
  return (
    <ListTable<Lead>
      query={query}
      rowKey="id"
      columns={columns}
      empty={<Empty title={t('leads.none')} hint={t('leads.noneHint')} />}
      ticks={ticks}
      marked={({ id }) => id === open}
    />
  );
});

const LeadLink = memo(({ id, company, search }: { id: string; company: string; search: string }) => <Link to={{ pathname: `/leads/${id}`, search }}>{company}</Link>);

function useColumns(): Columns<Lead> {
  const { t } = useTranslation();
  const [params] = useSearchParams();
  const search = params.toString();
  return useMemo(() => [
    {
      title: t('leads.column.company'),
      dataIndex: 'company',
      fixed: 'start',
      width: 240,
      narrow: 130,
      ellipsis: true,
      render: (company: string, lead) => <LeadLink id={lead.id} company={company} search={search} />,
    },
    { title: t('leads.column.state'), dataIndex: 'state', width: 96, narrow: 84, render: (state: Lead['state']) => <LeadStateTag state={state} /> },
    { title: t('leads.column.owner'), dataIndex: 'owner_id', width: 96, render: (owner: string | null) => <PersonName id={owner} /> },
    {
      title: t('leads.column.due'),
      dataIndex: 'touch_due_at',
      width: 112,
      render: (due: string | null, lead) => (lead.state === 'assigned' ? <Due at={due} /> : <span className="soft">—</span>),
    },
    { title: t('leads.column.source'), dataIndex: 'source', width: 104, render: (source: Lead['source']) => t(`leads.source.${source}`) },
    { title: t('leads.column.region'), dataIndex: 'region', width: 96, ellipsis: true, render: (region: string | null) => region ?? '—' },
    { title: t('leads.column.industry'), dataIndex: 'industry', width: 116, ellipsis: true, render: (industry: string | null) => industry ?? '—' },
    { title: t('leads.column.budget'), dataIndex: 'budget', width: 130, narrow: 108, align: 'end', render: (budget: Lead['budget']) => <Money of={budget} /> },
    { title: t('leads.column.received'), dataIndex: 'received_at', width: 124, render: (at: string) => <Moment at={at} /> },
  ], [t, search]);
}
