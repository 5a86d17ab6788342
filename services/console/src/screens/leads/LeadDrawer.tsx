import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Descriptions, Drawer, Tag, Timeline } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { api, body, once } from '../../api/client';
import { useWrite } from '../../api/useWrite';
import { type Me, hasRole, useMe } from '../../app/session';
import { bilingual } from '../../ui/bilingual';
import { useCustomItems } from '../../ui/custom/useCustomItems';
import { PersonName } from '../../ui/PersonName';
import { Answer, Empty, say } from '../../ui/States';
import { Due, Moment, Money } from '../../ui/Values';
import { Explanation } from './Explanation';
import { AssignForm, ConvertForm, ReturnForm, ScreeningForm, TouchForm } from './forms';
import { LeadStateTag } from './LeadStateTag';
import { canAssign } from './canAssign';
import type { Lead } from './query';

type Step = 'touch' | 'screen' | 'convert' | 'return' | 'assign' | 'claim';

/** What somebody may try with a lead; the service decides. */
export function stepsOf(lead: Lead, me: Me): Step[] {
  const mine = lead.owner_id === me.id;
  const leads = hasRole(me, ['sales_manager', 'sales_director', 'operations']);
  const open = lead.state === 'assigned' || lead.state === 'touched' || lead.state === 'screened';
  const steps: Step[] = [];
  if (lead.state === 'unassigned' && hasRole(me, ['sales_rep', 'store_guide'])) steps.push('claim');
  if (mine && lead.state === 'screened') steps.push('convert');
  if (mine && lead.state === 'touched') steps.push('screen');
  if (mine && open) steps.push('touch', 'return');
  if (leads && canAssign(lead)) steps.push('assign');
  return steps;
}

export function LeadDrawer({ id, close }: { id: string | undefined; close: () => void }) {
  const lead = useQuery({
    queryKey: ['leads', id],
    meta: { follows: ['lead'] },
    enabled: id !== undefined,
    queryFn: () => body(api.GET('/api/leads/{id}', { params: { path: { id: id ?? '' } } })),
  });
  return (
    <Drawer
      open={id !== undefined}
      onClose={close}
      size={620}
      title={lead.data ? <span className="row">{lead.data.company} <LeadStateTag state={lead.data.state} /></span> : ' '}
    >
      {id === undefined ? null : <Answer of={lead}>{(found) => <Lead360 lead={found} />}</Answer>}
    </Drawer>
  );
}

function Lead360({ lead }: { lead: Lead }) {
  const { t } = useTranslation();
  const own = useCustomItems('lead', lead.custom);
  return (
    <div className="stack">
      <Steps lead={lead} />
      {lead.duplicate ? (
        <Alert
          type="info"
          showIcon
          title={bilingual(lead.duplicate.reason)}
          action={<Link to={`/leads/${lead.duplicate.original_lead_id}`}>{t('leads.detail.duplicateOf')}</Link>}
        />
      ) : null}
      <Descriptions
        size="small"
        column={{ xs: 1, sm: 2 }}
        items={[
          { key: 'contact', label: t('leads.column.contact'), children: <>{lead.contact_name ?? '—'} {lead.contact_masked ? <Tag>{t('leads.detail.masked')}</Tag> : null}</> },
          { key: 'owner', label: t('leads.column.owner'), children: <PersonName id={lead.owner_id} /> },
          { key: 'phone', label: t('leads.detail.phone'), children: <span className="num">{lead.contact_phone ?? '—'}</span> },
          { key: 'due', label: t('leads.column.due'), children: lead.state === 'assigned' ? <Due at={lead.touch_due_at} /> : '—' },
          { key: 'email', label: t('leads.detail.email'), children: lead.contact_email ?? '—' },
          { key: 'budget', label: t('leads.column.budget'), children: <Money of={lead.budget} /> },
          { key: 'industry', label: t('leads.column.industry'), children: lead.industry ?? '—' },
          { key: 'region', label: t('leads.column.region'), children: lead.region ?? '—' },
          { key: 'received', label: t('leads.column.received'), children: <Moment at={lead.received_at} /> },
          { key: 'code', label: t('leads.detail.creditCode'), children: lead.credit_code ?? '—' },
          { key: 'source', label: t('leads.column.source'), children: [t(`leads.source.${lead.source}`), lead.source_detail].filter(Boolean).join(' · '), span: 'filled' },
          { key: 'note', label: t('leads.detail.note'), children: lead.note ?? '—', span: 'filled' },
          ...own,
        ]}
      />
      <Assignments lead={lead} />
      <Touches lead={lead} />
    </div>
  );
}

function Steps({ lead }: { lead: Lead }) {
  const { t } = useTranslation();
  const me = useMe();
  const [open, setOpen] = useState<Step | null>(null);
  const close = () => setOpen(null);
  const claim = useWrite({
    send: (id: string, key) => body(api.POST('/api/leads/{id}/claim', { params: { path: { id } }, headers: once(key) })),
    refreshes: [['leads'], ['todos'], ['reps']],
  });
  const labels: Record<Step, string> = {
    claim: t('leads.claim'),
    touch: t('home.do.touch'),
    screen: t('home.kind.screen'),
    convert: t('leads.convert.submit'),
    return: t('leads.return.action'),
    assign: t('leads.assign.action'),
  };
  const steps = stepsOf(lead, me);
  if (steps.length === 0) return null;
  return (
    <>
      {claim.error ? <Alert type="error" showIcon title={say(claim.error, t('state.failedHint'))} /> : null}
      <div className="row">
        {steps.map((step, at) => (
          <Button
            key={step}
            type={at === 0 ? 'primary' : 'default'}
            danger={step === 'return'}
            loading={step === 'claim' && claim.isPending}
            onClick={() => (step === 'claim' ? claim.mutate(lead.id) : setOpen(step))}
          >
            {labels[step]}
          </Button>
        ))}
      </div>
      {open === 'touch' ? <TouchForm lead={lead} close={close} /> : null}
      {open === 'screen' ? <ScreeningForm lead={lead} close={close} /> : null}
      {open === 'convert' ? <ConvertForm lead={lead} close={close} /> : null}
      {open === 'return' ? <ReturnForm lead={lead} close={close} /> : null}
      {open === 'assign' ? <AssignForm leads={[lead]} close={close} /> : null}
    </>
  );
}

function Assignments({ lead }: { lead: Lead }) {
  const { t } = useTranslation();
  const assignments = useQuery({
    queryKey: ['leads', lead.id, 'assignments'],
    meta: { follows: ['lead'] },
    queryFn: () => body(api.GET('/api/leads/{id}/assignments', { params: { path: { id: lead.id } } })),
  });
  return (
    <section className="stack tight">
      <h3>{t('leads.detail.explanation')}</h3>
      <Answer of={assignments} isEmpty={(list) => list.length === 0} empty={<Empty title={t('leads.detail.noExplanation')} />}>
        {(list) => <Timeline items={[...list].reverse().map((assignment) => ({ key: assignment.id, content: <Explanation assignment={assignment} /> }))} />}
      </Answer>
    </section>
  );
}

function Touches({ lead }: { lead: Lead }) {
  const { t } = useTranslation();
  const touches = useQuery({
    queryKey: ['leads', lead.id, 'touches'],
    meta: { follows: ['lead'] },
    queryFn: () => body(api.GET('/api/leads/{id}/touches', { params: { path: { id: lead.id } } })),
  });
  return (
    <section className="stack tight">
      <h3>{t('leads.detail.touches')}</h3>
      <Answer of={touches} rows={2} isEmpty={(list) => list.length === 0} empty={<Empty title={t('leads.detail.noTouches')} />}>
        {(list) => (
          <Timeline
            items={list.map((touch) => ({
              key: touch.id,
              content: (
                <>
                  <div className="row"><PersonName id={touch.rep_id} /> <span className="soft"><Moment at={touch.at} /></span></div>
                  {touch.note ? <p style={{ margin: 0 }}>{touch.note}</p> : null}
                  <div className="row">
                    {touch.evidence.map((one) => <Tag key={one.reference} title={one.reference}>{t(`evidence.kinds.${one.kind}`)} · {one.reference}</Tag>)}
                  </div>
                </>
              ),
            }))}
          />
        )}
      </Answer>
    </section>
  );
}
