import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Descriptions, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';

import { hasRole, useMe } from '../../app/session';
import { bilingual } from '../../ui/bilingual';
import { useCustomItems } from '../../ui/custom/useCustomItems';
import { PageHead, Panel } from '../../ui/Page';
import { PersonName } from '../../ui/PersonName';
import { bracketed, listed } from '../../ui/punctuated';
import { Answer } from '../../ui/States';
import { Due, Moment } from '../../ui/Values';
import { NewQuoteForm } from '../quotes/NewQuoteForm';
import { Suggestions } from '../talk-tracks/Suggestions';
import { ActionsPanel } from './ActionsPanel';
import { Budgets } from './Budgets';
import { ChangeForm } from './ChangeForm';
import { EvidencePanel } from './EvidencePanel';
import { History } from './History';
import { StagePath } from './StagePath';
import { VisitsPanel } from './VisitsPanel';
import { type Opportunity, customerQuery, opportunityQuery } from './query';
import './sales.css';

export function OpportunityPage() {
  const { id = '' } = useParams();
  return <Answer of={useQuery(opportunityQuery(id))} rows={10}>{(opportunity) => <Found opportunity={opportunity} />}</Answer>;
}

function Found({ opportunity }: { opportunity: Opportunity }) {
  const { t } = useTranslation();
  const me = useMe();
  const customer = useQuery(customerQuery(opportunity.customer_id));
  const [changing, setChanging] = useState(false);
  const [quoting, setQuoting] = useState(false);
  const may = opportunity.owner_id === me.id || hasRole(me, ['sales_manager', 'sales_director']);
  return (
    <>
      <PageHead
        title={opportunity.subject}
        hint={
          <span className="row">
            <Link to={`/customers/${opportunity.customer_id}`}>{customer.data?.company ?? t('nav.customers')}</Link>
            <span>·</span>
            <span>{bilingual(opportunity.stage_explained.title)}</span>
            <span>·</span>
            <PersonName id={opportunity.owner_id} />
          </span>
        }
        extra={may ? <><Button onClick={() => setChanging(true)}>{t('form.edit')}</Button><Button type="primary" disabled={opportunity.frozen} onClick={() => setQuoting(true)}>{t('quotes.new')}</Button></> : null}
      />
      {opportunity.frozen ? <Alert type="error" showIcon style={{ marginBottom: 14 }} title={t('sales.frozen')} /> : null}
      <div className="columns">
        <div className="stack">
          <StagePath opportunity={opportunity} />
          <Budgets opportunity={opportunity} />
          <ActionsPanel opportunity={opportunity} />
          <VisitsPanel opportunity={opportunity} />
          <EvidencePanel evidence={opportunity.evidence} />
        </div>
        <div className="stack">
          <Facts opportunity={opportunity} />
          <Suggestions opportunity={opportunity.id} />
          <History about={{ opportunity_id: opportunity.id }} />
        </div>
      </div>
      {changing ? <ChangeForm opportunity={opportunity} close={() => setChanging(false)} /> : null}
      {quoting ? <NewQuoteForm opportunity={opportunity} close={() => setQuoting(false)} /> : null}
    </>
  );
}

function Facts({ opportunity }: { opportunity: Opportunity }) {
  const { t } = useTranslation();
  const own = useCustomItems('opportunity', opportunity.custom);
  const moments = opportunity.key_moments.filter((moment) => !moment.met_at);
  const facts = [
    { key: 'since', label: t('sales.field.stageSince'), children: <Moment at={opportunity.stage_since} /> },
    { key: 'next', label: t('sales.field.nextAction'), children: opportunity.next_action ? bracketed(bilingual(opportunity.next_action.title), t(`role.${opportunity.next_action.role}`)) : '—' },
    { key: 'chain', label: t('sales.field.decisionChain'), children: opportunity.decision_chain.length > 0 ? <span className="row">{opportunity.decision_chain.map((role) => <Tag key={role}>{t(`sales.decisionRole.${role}`)}</Tag>)}</span> : '—' },
    { key: 'pain', label: t('sales.field.pain'), children: opportunity.pain ?? '—' },
    { key: 'competitors', label: t('sales.field.competitors'), children: listed(opportunity.competitors) || '—' },
    { key: 'signing', label: t('sales.field.plannedSigning'), children: <Moment at={opportunity.planned_signing_at} /> },
    ...moments.map((moment) => ({ key: moment.id, label: t(`sales.moment.${moment.moment}`, { defaultValue: moment.moment }), children: moment.due_at ? <Due at={moment.due_at} /> : <span className="soft">{t(`sales.momentOpen.${moment.moment}`, { defaultValue: '—' })}</span> })),
    ...opportunity.quotes.map((quote) => ({ key: quote.quote_id, label: t('sales.field.quote'), children: <Link to={`/quotes/${quote.quote_id}`}>{quote.number}</Link> })),
    ...(opportunity.lost_reason ? [{ key: 'lost', label: t('sales.field.lostReason'), children: opportunity.lost_reason }] : []),
    ...own,
  ];
  return (
    <Panel title={t('sales.facts')}>
      <Descriptions size="small" column={1} items={facts} />
    </Panel>
  );
}
