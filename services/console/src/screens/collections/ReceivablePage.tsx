import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Form, Input, Table, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';

import { api, body, once } from '../../api/client';
import type { components } from '../../api/schema';
import { useWrite } from '../../api/useWrite';
import { hasRole, useMe } from '../../app/session';
import { bilingual } from '../../ui/bilingual';
import { FormDialog } from '../../ui/FormDialog';
import { PageHead, Panel } from '../../ui/Page';
import { PersonName } from '../../ui/PersonName';
import { Answer, Empty, say } from '../../ui/States';
import { Day, Moment, Money } from '../../ui/Values';
import { AdvanceJourneyForm } from './AdvanceJourneyForm';
import { JourneyPanel } from './JourneyPanel';
import { nextNode } from './journey';
import { type ReceivableDetail, receivableQuery } from './query';
import './collections.css';

type Instalment = components['schemas']['InstalmentView'];
type Blocker = components['schemas']['BlockerView'];

export function ReceivablePage() {
  const { id = '' } = useParams();
  return <Answer of={useQuery(receivableQuery(id))} rows={10}>{(receivable) => <Found receivable={receivable} />}</Answer>;
}

function Found({ receivable }: { receivable: ReceivableDetail }) {
  const { t } = useTranslation();
  const me = useMe();
  const [open, setOpen] = useState<'advance' | 'write_off' | null>(null);
  const isOpen = receivable.state === 'open';
  const may = receivable.owner_id === me.id || hasRole(me, ['finance', 'sales_manager', 'sales_director']);
  const giveUp = isOpen && !receivable.write_off && hasRole(me, ['finance', 'sales_director']);
  return (
    <>
      <PageHead
        title={receivable.company}
        hint={
          <span className="row">
            <span className="num">{receivable.contract_number}</span><span>·</span>
            <Link to={`/customers/${receivable.customer_id}`}>{t('collections.customer')}</Link><span>·</span>
            <PersonName id={receivable.owner_id} />
          </span>
        }
        extra={
          <>
            {giveUp ? <Button danger onClick={() => setOpen('write_off')}>{t('collections.writeOff.request')}</Button> : null}
            {isOpen && may && nextNode(receivable.node) ? <Button type="primary" onClick={() => setOpen('advance')}>{t('home.do.receivable')}</Button> : null}
          </>
        }
      />
      <div className="figures">
        <div className="figure"><b><Money of={receivable.outstanding} /></b><span>{t('collections.outstanding')}</span></div>
        <div className="figure"><b><Money of={receivable.paid} /></b><span>{t('collections.paid')}</span></div>
        <div className="figure"><b><Money of={receivable.amount} /></b><span>{t('collections.amount')}</span></div>
        <div className="figure"><b>{t(`collections.state.${receivable.state}`)}</b><span>{t('collections.state.label')}</span></div>
      </div>
      {receivable.next_step && isOpen ? <Alert type="info" showIcon style={{ marginBottom: 14 }} title={bilingual(receivable.next_step)} /> : null}
      {receivable.write_off ? <WriteOff receivable={receivable} /> : null}
      <div className="columns">
        <div className="stack">
          <JourneyPanel receivable={receivable} />
          <Blockers receivable={receivable} />
        </div>
        <div className="stack">
          <Plan receivable={receivable} />
          <Payments receivable={receivable} />
        </div>
      </div>
      {open === 'advance' ? <AdvanceJourneyForm receivable={receivable} close={() => setOpen(null)} /> : null}
      {open === 'write_off' ? <WriteOffForm receivable={receivable} close={() => setOpen(null)} /> : null}
    </>
  );
}

function Plan({ receivable }: { receivable: ReceivableDetail }) {
  const { t } = useTranslation();
  return (
    <Panel flush title={t('collections.plan.title')}>
      <Table<Instalment>
        size="small"
        rowKey="position"
        pagination={false}
        dataSource={receivable.plan}
        scroll={{ x: 'max-content' }}
        columns={[
          { title: t('collections.plan.kind'), dataIndex: 'kind', render: (kind: string, row) => t(`collections.plan.part.${kind}`, { percent: row.percent, defaultValue: kind }) },
          { title: t('collections.outstanding'), align: 'end', render: (_: unknown, row) => <Money of={row.outstanding} /> },
          { title: t('collections.plan.due'), dataIndex: 'due_at', render: (at: string, row) => <span className={row.is_overdue ? 'danger' : undefined}><Moment at={at} /></span> },
        ]}
      />
    </Panel>
  );
}

function Payments({ receivable }: { receivable: ReceivableDetail }) {
  const { t } = useTranslation();
  return (
    <Panel flush title={t('collections.payments.title')}>
      {receivable.payments.length === 0 ? (
        <Empty title={t('collections.payments.none')} />
      ) : (
        <div role="list">
          {receivable.payments.map((payment) => (
            <div className="item" role="listitem" key={payment.id}>
              <div className="grow">
                <div className="row spread"><span className="strong"><Money of={payment.amount} /></span><Moment at={payment.booked_at} /></div>
                <ul className="reasons soft">{payment.explanation.map((text) => <li key={text.zh}>{bilingual(text)}</li>)}</ul>
              </div>
            </div>
          ))}
        </div>
      )}
    </Panel>
  );
}

function Blockers({ receivable }: { receivable: ReceivableDetail }) {
  const { t } = useTranslation();
  const [resolving, setResolving] = useState<Blocker | null>(null);
  const all = [...receivable.open_blockers, ...receivable.closed_blockers];
  if (all.length === 0) return null;
  return (
    <Panel flush title={t('collections.blockers.title')}>
      <div role="list">
        {all.map((blocker) => (
          <div className="item" role="listitem" key={`${blocker.code}${blocker.opened_at}`}>
            <span className={blocker.closed_at ? 'dot green' : 'dot red'} aria-hidden="true" />
            <div className="grow">
              <div>{bilingual(blocker.title)}</div>
              <p className="soft">{blocker.resolution ?? t(blocker.closed_at ? 'collections.blockers.moved' : 'collections.blockers.open')}</p>
            </div>
            {blocker.closed_at ? <Tag color="green">{t('collections.blockers.closed')}</Tag> : <Button size="small" onClick={() => setResolving(blocker)}>{t('collections.blockers.resolve')}</Button>}
          </div>
        ))}
      </div>
      {resolving ? (
        <FormDialog<{ resolution: string }, unknown>
          open
          close={() => setResolving(null)}
          title={bilingual(resolving.title)}
          fields={['resolution']}
          refreshes={[['receivables'], ['todos']]}
          send={({ resolution }, key) =>
            body(
              api.POST('/api/receivables/{id}/blockers/{code}/resolve', {
                params: { path: { id: receivable.id, code: resolving.code } },
                headers: once(key),
                body: { resolution },
              }),
            )
          }
        >
          <Form.Item name="resolution" label={t('collections.blockers.resolution')} rules={[{ required: true, message: t('form.required') }]}>
            <Input.TextArea rows={3} maxLength={500} />
          </Form.Item>
        </FormDialog>
      ) : null}
    </Panel>
  );
}

function WriteOffForm({ receivable, close }: { receivable: ReceivableDetail; close: () => void }) {
  const { t } = useTranslation();
  return (
    <FormDialog<{ reason: string }, unknown>
      open
      danger
      close={close}
      title={t('collections.writeOff.request')}
      submit={t('collections.writeOff.request')}
      fields={['reason']}
      refreshes={[['receivables']]}
      send={({ reason }, key) => body(api.POST('/api/receivables/{id}/write-off', { params: { path: { id: receivable.id } }, headers: once(key), body: { reason } }))}
    >
      <p>{t('collections.writeOff.hint')} <Money of={receivable.outstanding} /></p>
      <Form.Item name="reason" label={t('form.reason')} rules={[{ required: true, message: t('form.required') }]}>
        <Input.TextArea rows={3} maxLength={500} />
      </Form.Item>
    </FormDialog>
  );
}

/** A write-off is decided by another role than the one that asked for it. */
function WriteOff({ receivable }: { receivable: ReceivableDetail }) {
  const { t } = useTranslation();
  const me = useMe();
  const request = receivable.write_off;
  const decide = useWrite({
    send: (confirm: boolean, key) => body(api.POST('/api/receivables/{id}/write-off/decision', { params: { path: { id: receivable.id } }, headers: once(key), body: { confirm } })),
    refreshes: [['receivables']],
  });
  if (!request) return null;
  const may = request.requested_by !== me.id && hasRole(me, ['finance', 'sales_director']);
  return (
    <Alert
      type="warning"
      showIcon
      style={{ marginBottom: 14 }}
      title={<>{t('collections.writeOff.waiting')} <Money of={request.amount} /></>}
      description={<>{request.reason} · <PersonName id={request.requested_by} /> · <Day on={request.requested_at.slice(0, 10)} />{decide.error ? <div className="danger">{say(decide.error, t('state.failedHint'))}</div> : null}</>}
      action={
        may ? (
          <div className="row">
            <Button size="small" loading={decide.isPending} onClick={() => decide.mutate(false)}>{t('home.approval.reject')}</Button>
            <Button size="small" type="primary" loading={decide.isPending} onClick={() => decide.mutate(true)}>{t('home.approval.approve')}</Button>
          </div>
        ) : undefined
      }
    />
  );
}
