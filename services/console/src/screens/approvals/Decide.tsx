import { Alert, Button, Input } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { api, body, once } from '../../api/client';
import { useWrite } from '../../api/useWrite';
import { useMe } from '../../app/session';
import { say } from '../../ui/States';
import { DelegateForm } from './DelegateForm';
import type { Approval, Step } from './query';

const REFRESHES = [['approvals'], ['quotes'], ['contracts'], ['todos'], ['opportunities']];

/** Approves or rejects in place; a rejection says why. Whoever asked may take it back. */
export function Decide({ approval, seat }: { approval: Approval; seat: Step | undefined }) {
  const me = useMe();
  if (seat) return <Decision approval={approval} own={seat.approver === me.id} />;
  return approval.status === 'pending' && approval.submitter === me.id ? <Withdraw id={approval.id} /> : null;
}

function Decision({ approval, own }: { approval: Approval; own: boolean }) {
  const { t } = useTranslation();
  const field = useId();
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState(false);
  const [delegating, setDelegating] = useState(false);
  const write = useWrite({
    send: (decision: 'approve' | 'reject', key) =>
      body(api.POST('/api/approvals/{id}/decide', { params: { path: { id: approval.id } }, headers: once(key), body: { decision, reason: reason.trim() || null } })),
    refreshes: REFRESHES,
  });
  const reject = () => (reason.trim() === '' ? setMissing(true) : write.mutate('reject'));
  return (
    <div className="stack" role="group" aria-label={t('home.approval.decision')}>
      {own ? null : <p className="soft" style={{ margin: 0 }}>{t('approvals.standIn')}</p>}
      {write.error ? <Alert type="error" showIcon title={say(write.error, t('state.failedHint'))} /> : null}
      <div>
        <label htmlFor={field}>{t('form.reason')}</label>
        <Input.TextArea id={field} rows={2} maxLength={500} value={reason} status={missing ? 'error' : ''} aria-invalid={missing} aria-describedby={missing ? `${field}-missing` : undefined} onChange={(event) => { setReason(event.target.value); setMissing(false); }} />
        {missing ? <span className="danger" id={`${field}-missing`} role="alert">{t('home.approval.reasonNeeded')}</span> : null}
      </div>
      <div className="row">
        <Button type="primary" loading={write.isPending && write.variables === 'approve'} disabled={write.isPending} onClick={() => write.mutate('approve')}>{t('home.approval.approve')}</Button>
        <Button danger loading={write.isPending && write.variables === 'reject'} disabled={write.isPending} onClick={reject}>{t('home.approval.reject')}</Button>
        {own ? <Button type="text" onClick={() => setDelegating(true)}>{t('approvals.delegate')}</Button> : null}
      </div>
      {delegating ? <DelegateForm id={approval.id} close={() => setDelegating(false)} /> : null}
    </div>
  );
}

function Withdraw({ id }: { id: string }) {
  const { t } = useTranslation();
  const write = useWrite({
    send: (_: null, key) => body(api.POST('/api/approvals/{id}/withdraw', { params: { path: { id } }, headers: once(key), body: {} })),
    refreshes: REFRESHES,
  });
  return (
    <div className="stack">
      {write.error ? <Alert type="error" showIcon title={say(write.error, t('state.failedHint'))} /> : null}
      <span><Button loading={write.isPending} onClick={() => write.mutate(null)}>{t('approvals.withdraw')}</Button></span>
    </div>
  );
}
