import { useQuery } from '@tanstack/react-query';
import { Tag, Timeline } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';

import { api, body, once } from '../../api/client';
import { useWrite } from '../../api/useWrite';
import { useMe } from '../../app/session';
import { Reasons } from '../../ui/Reasons';
import { span } from '../../ui/format';
import { Panel } from '../../ui/Page';
import { PersonName } from '../../ui/PersonName';
import { Answer } from '../../ui/States';
import { Moment } from '../../ui/Values';
import { Decide } from './Decide';
import { type Approval, type Step, approvalQuery, seatOf } from './query';

const COLOURS: Record<string, string> = { pending: 'orange', approved: 'green', rejected: 'red', withdrawn: 'default' };
const DOTS: Record<string, string> = { approved: 'green', rejected: 'red', waiting: 'orange' };

/** Who was asked and why, who decided when, and the decision for whoever's turn it is. */
export function ApprovalPanel({ id, hidden = false }: { id: string; hidden?: boolean }) {
  const { t } = useTranslation();
  const query = useQuery({ ...approvalQuery(id), retry: false });
  if (hidden && query.error) return null;
  return (
    <Panel title={t('approvals.title')} extra={query.data ? <Tag color={COLOURS[query.data.status] ?? 'default'}>{t(`approvals.status.${query.data.status}`)}</Tag> : null}>
      <Answer of={query} rows={4}>{(approval) => <Found approval={approval} />}</Answer>
    </Panel>
  );
}

function Found({ approval }: { approval: Approval }) {
  const { t } = useTranslation();
  const me = useMe();
  const seat = seatOf(approval, me);
  useStampOpened(approval.id, seat?.approver === me.id && !seat.opened_at);
  return (
    <div className="stack">
      <div>
        <p className="soft" style={{ margin: 0 }}>{t('home.approval.by')} <PersonName id={approval.submitter} /> · <Moment at={approval.requested_at} /></p>
        <Reasons of={approval.reasons} />
      </div>
      <Timeline items={approval.steps.map((step) => ({ key: step.id, color: DOTS[step.state] ?? 'gray', content: <StepLine step={step} /> }))} />
      <Decide approval={approval} seat={seat} />
    </div>
  );
}

/** Says once that the person whose turn it is has seen it: the time until the decision counts from here. */
function useStampOpened(id: string, due: boolean) {
  const { mutate } = useWrite({
    send: (_: null, key) => body(api.POST('/api/approvals/{id}/open', { params: { path: { id } }, headers: once(key) })),
    refreshes: [['approvals', id]],
  });
  useEffect(() => {
    if (due) mutate(null);
  }, [due, mutate]);
}

function StepLine({ step }: { step: Step }) {
  const { t } = useTranslation();
  const from = step.escalated_from ?? step.delegated_from;
  return (
    <div className="stack tight">
      <div className="row spread">
        <span><span className="strong">{t(`role.${step.role}`)}</span> <PersonName id={step.approver} /></span>
        {step.decided_at ? <span className="soft"><Moment at={step.decided_at} /></span> : null}
      </div>
      {from ? <span className="soft">{t(step.escalated_from ? 'approvals.escalatedFrom' : 'approvals.delegatedFrom')} <PersonName id={from} /></span> : null}
      <span className="soft">{said(step, t)}</span>
      {step.reason ? <span>{t('approvals.said', { reason: step.reason })}</span> : null}
    </div>
  );
}

/** How a seat stands, with the time it lay open. */
function said(step: Step, t: (name: string, values?: { time: string }) => string): string {
  const state = t(`approvals.step.${step.state}`);
  if (step.state === 'waiting' && !step.asked_at) return t('approvals.notAsked');
  if (!step.idle_seconds || step.idle_seconds < 60) return step.opened_at && step.state === 'waiting' ? t('approvals.opened') : state;
  const idle = span(new Date(step.idle_seconds * 1000).toISOString(), new Date(0));
  return `${state} · ${t('approvals.idle', { time: idle })}`;
}
