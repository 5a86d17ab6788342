import { UploadOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';

import { hasRole, useMe } from '../../app/session';
import { PageHead, Panel } from '../../ui/Page';
import { AssignForm, type Outcome } from './forms';
import { LeadDrawer } from './LeadDrawer';
import { LeadFilters } from './LeadFilters';
import { LeadList } from './LeadList';
import { RepLoad } from './RepLoad';
import { READERS } from './rules/query';
import type { Lead } from './query';

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
  const [selected, setSelected] = useState<readonly Lead[]>([]);
  const [assigning, setAssigning] = useState(false);
  const [importing, setImporting] = useState(false);
  const [adding, setAdding] = useState(false);
  const leads = hasRole(me, LEADERS);

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
          <LeadList open={id} {...(leads ? { selected, select: setSelected } : {})} />
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
