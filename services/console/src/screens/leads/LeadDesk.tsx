import { UploadOutlined } from '@ant-design/icons';
import { useInfiniteQuery } from '@tanstack/react-query';
import { App, Button, Grid, type TableProps } from 'antd';
import { lazy, memo, Suspense, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';

import { hasRole, useMe } from '../../app/session';
import { ListTable } from '../../ui/ListTable';
import { PageHead, Panel } from '../../ui/Page';
import { PersonName } from '../../ui/PersonName';
import { Empty } from '../../ui/States';
import { Due, Moment, Money } from '../../ui/Values';
import { AssignForm, type Outcome } from './forms';
import { LeadDrawer } from './LeadDrawer';
import { LeadFilters } from './LeadFilters';
import { LeadStateTag } from './LeadStateTag';
import { RepLoad } from './RepLoad';
import { READERS } from './rules/query';
import { type Lead, filterOf, leadsQuery } from './query';

const Importer = lazy(async () => ({ default: (await import('./Importer')).Importer }));
const NewLeadForm = lazy(async () => ({ default: (await import('./NewLeadForm')).NewLeadForm }));

const LEADERS = ['sales_manager', 'sales_director', 'operations'] as const;
/** Anyone in sales registers leads; routing decides whose they become. */
const REGISTER = ['sales_rep', 'store_guide', ...LEADERS] as const;
const SEE_LOAD = [...LEADERS, 'auditor'] as const;

export function LeadDesk() {
  const { t } = useTranslation();
  const me = useMe();
  const { message, modal } = App.useApp();
  const { id } = useParams();
  const navigate = useNavigate();
  const [params] = useSearchParams();
  const filter = useMemo(() => filterOf(params), [params]);
  const query = useInfiniteQuery(leadsQuery(filter));
  const [selected, setSelected] = useState<readonly Lead[]>([]);
  const [assigning, setAssigning] = useState(false);
  const [importing, setImporting] = useState(false);
  const [adding, setAdding] = useState(false);
  const leads = hasRole(me, LEADERS);
  const columns = useColumns();

  const assigned = (outcomes: Outcome[]) => {
    const refused = outcomes.filter((outcome) => outcome.refused !== undefined);
    setSelected([]);
    if (refused.length === 0) {
      void message.success(t('leads.assign.done', { count: outcomes.length }));
      return;
    }
    modal.warning({
      title: t('leads.assign.refused', { count: refused.length }),
      content: <ul className="reasons">{refused.map(({ lead, refused: why }) => <li key={lead.id}>{lead.company}: {why}</li>)}</ul>,
    });
  };

  return (
    <>
      <PageHead
        title={t('leads.title')}
        hint={t('leads.hint')}
        extra={
          <>
            {hasRole(me, READERS) ? <Link to="/leads/rules">{t('rules.title')}</Link> : null}
            {leads ? <Button icon={<UploadOutlined />} onClick={() => setImporting(true)}>{t('leads.import')}</Button> : null}
            {hasRole(me, REGISTER) ? <Button type="primary" onClick={() => setAdding(true)}>{t('leads.add')}</Button> : null}
          </>
        }
      />
      <div className={hasRole(me, SEE_LOAD) ? 'columns desk' : undefined}>
        <Panel
          flush
          title={t('leads.queue')}
          extra={
            selected.length > 0 ? (
              <div className="row">
                <span className="soft">{t('leads.selected', { count: selected.length })}</span>
                <Button size="small" type="primary" onClick={() => setAssigning(true)}>{t('leads.assignSelected')}</Button>
              </div>
            ) : null
          }
        >
          <LeadFilters />
          <ListTable<Lead>
            query={query}
            rowKey="id"
            columns={columns}
            empty={<Empty title={t('leads.none')} hint={t('leads.noneHint')} />}
            {...(leads
              ? {
                  rowSelection: {
                    // Rows drawn as they come into view need every width in numbers.
                    columnWidth: 40,
                    selectedRowKeys: selected.map((lead) => lead.id),
                    onChange: (_: unknown, rows: Lead[]) => setSelected(rows),
                    getCheckboxProps: (lead: Lead) => ({ disabled: !canAssign(lead), 'aria-label': lead.company }) as object,
                  },
                }
              : {})}
            rowClassName={(lead) => (lead.id === id ? 'ant-table-row-selected' : '')}
          />
        </Panel>
        {hasRole(me, SEE_LOAD) ? <RepLoad /> : null}
      </div>
      <LeadDrawer id={id} close={() => void navigate({ pathname: '/leads', search: params.toString() })} />
      {assigning ? <AssignForm leads={selected} close={() => setAssigning(false)} onDone={assigned} /> : null}
      <Suspense>
        {importing ? <Importer close={() => setImporting(false)} /> : null}
        {adding ? <NewLeadForm close={() => setAdding(false)} /> : null}
      </Suspense>
    </>
  );
}

/** A converted lead is an opportunity, and a duplicate belongs to its original. */
export function canAssign(lead: Lead): boolean {
  return lead.state !== 'converted' && lead.state !== 'duplicate';
}

const LeadLink = memo(({ id, company, search }: { id: string; company: string; search: string }) => <Link to={{ pathname: `/leads/${id}`, search }}>{company}</Link>);

function useColumns(): NonNullable<TableProps<Lead>['columns']> {
  const { t } = useTranslation();
  const [params] = useSearchParams();
  const wide = Grid.useBreakpoint().md ?? true;
  const search = params.toString();
  return [
    {
      title: t('leads.column.company'),
      dataIndex: 'company',
      fixed: wide ? 'start' : false,
      width: 240,
      ellipsis: true,
      render: (company: string, lead) => <LeadLink id={lead.id} company={company} search={search} />,
    },
    { title: t('leads.column.state'), dataIndex: 'state', width: 96, render: (state: Lead['state']) => <LeadStateTag state={state} /> },
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
    { title: t('leads.column.budget'), dataIndex: 'budget', width: 130, align: 'end', render: (budget: Lead['budget']) => <Money of={budget} /> },
    { title: t('leads.column.received'), dataIndex: 'received_at', width: 124, render: (at: string) => <Moment at={at} /> },
  ];
}
