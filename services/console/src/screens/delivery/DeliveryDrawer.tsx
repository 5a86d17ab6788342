import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Descriptions, Drawer, Form, Input, Modal, Table, Tag, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { api, body, once, seen } from '../../api/client';
import type { components } from '../../api/schema';
import { hasRole, useMe } from '../../app/session';
import { language } from '../../i18n';
import { bilingual } from '../../ui/bilingual';
import { EvidenceFields, type EvidenceTyped } from '../../ui/EvidenceFields';
import { FormDialog } from '../../ui/FormDialog';
import { fromLocalInput, toLocalInput } from '../../ui/localTime';
import { PersonName } from '../../ui/PersonName';
import { quantity } from '../../ui/quantity';
import { Answer, Empty } from '../../ui/States';
import { Moment, Money } from '../../ui/Values';
import { ScheduleForm } from '../home/forms/ScheduleForm';
import { MomentField } from '../../ui/dates/DateFields';
import { LightTag } from './LightTag';
import { type Delivery, type DeliveryDetail, deliveryQuery } from './query';

type Line = DeliveryDetail['lines'][number];
type Issued = components['schemas']['Issued'];
type Step = 'schedule' | 'promise' | 'acceptance';

export function DeliveryDrawer({ id, close }: { id: string | undefined; close: () => void }) {
  const delivery = useQuery({ ...deliveryQuery(id ?? ''), enabled: id !== undefined });
  return (
    <Drawer open={id !== undefined} onClose={close} size={620} title={delivery.data ? <span className="row">{delivery.data.company} <LightTag light={delivery.data.light} /></span> : ' '}>
      {id === undefined ? null : <Answer of={delivery}>{(found) => <Found delivery={found} />}</Answer>}
    </Drawer>
  );
}

function Found({ delivery }: { delivery: DeliveryDetail }) {
  const { t } = useTranslation();
  return (
    <div className="stack">
      <Steps delivery={delivery} />
      {delivery.light === 'red' ? <Alert type="error" showIcon title={t('home.promiseRed')} /> : null}
      <Descriptions
        size="small"
        column={{ xs: 1, sm: 2 }}
        items={[
          { key: 'contract', label: t('delivery.contract'), children: <span className="num">{delivery.contract_number}</span> },
          { key: 'state', label: t('collections.state.label'), children: t(`delivery.state.${delivery.state}`) },
          { key: 'promised', label: t('delivery.promised'), children: <Moment at={delivery.promised_at} /> },
          { key: 'scheduled', label: t('delivery.scheduled'), children: <Moment at={delivery.scheduled_at} /> },
          { key: 'owner', label: t('leads.column.owner'), children: <PersonName id={delivery.owner_id} /> },
          { key: 'total', label: t('collections.amount'), children: <Money of={delivery.total} /> },
        ]}
      />
      <h3>{t('delivery.lines')}</h3>
      <Table<Line>
        size="small"
        rowKey="product_code"
        pagination={false}
        dataSource={delivery.lines}
        columns={[
          { title: t('delivery.product'), render: (_: unknown, line) => bilingual({ zh: line.name_zh, en: line.name_en }) },
          { title: t('delivery.quantity'), align: 'end', render: (_: unknown, line) => quantity(line, language()) },
        ]}
      />
      <h3>{t('delivery.acceptances')}</h3>
      {delivery.acceptances.length === 0 ? <Empty title={t('delivery.noAcceptances')} /> : delivery.acceptances.map((link) => (
        <div className="row spread" key={link.id}>
          <span className="row"><Tag>{t(`delivery.link.${link.state}`)}</Tag>{link.signer ?? ''} <span className="soft">{link.reason ?? ''}</span></span>
          <span className="soft"><Moment at={link.decided_at ?? link.requested_at} /></span>
        </div>
      ))}
    </div>
  );
}

function Steps({ delivery }: { delivery: DeliveryDetail }) {
  const { t } = useTranslation();
  const me = useMe();
  const [open, setOpen] = useState<Step | null>(null);
  const [issued, setIssued] = useState<Issued | null>(null);
  const close = () => setOpen(null);
  if (delivery.state === 'delivered') return null;
  const plans = hasRole(me, ['delivery_manager', 'production_planner']);
  const promises = hasRole(me, ['delivery_manager']) || delivery.owner_id === me.id;
  return (
    <>
      <div className="row">
        {plans ? <Button onClick={() => setOpen('schedule')}>{t('delivery.schedule')}</Button> : null}
        {promises ? <Button onClick={() => setOpen('promise')}>{t('delivery.promise')}</Button> : null}
        {promises ? <Button type="primary" onClick={() => setOpen('acceptance')}>{t('delivery.issue')}</Button> : null}
      </div>
      {open === 'schedule' ? <ScheduleForm delivery={delivery} close={close} /> : null}
      {open === 'promise' ? <PromiseForm delivery={delivery} close={close} /> : null}
      {open === 'acceptance' ? <IssueForm delivery={delivery} close={close} onDone={setIssued} /> : null}
      {issued ? <IssuedLink issued={issued} close={() => setIssued(null)} /> : null}
    </>
  );
}

function PromiseForm({ delivery, close }: { delivery: Delivery; close: () => void }) {
  const { t } = useTranslation();
  const required = [{ required: true, message: t('form.required') }];
  return (
    <FormDialog<EvidenceTyped & { promised_at: string; reason: string }, Delivery>
      open
      close={close}
      title={t('delivery.promiseTitle', { company: delivery.company })}
      fields={['promised_at', 'reason', 'evidence_kind', 'reference', 'sha256']}
      initial={delivery.scheduled_at ? { promised_at: toLocalInput(new Date(delivery.scheduled_at)) } : {}}
      refreshes={[['deliveries'], ['todos']]}
      send={({ promised_at, reason, evidence_kind, reference, sha256 }, key) =>
        body(
          api.PUT('/api/deliveries/{id}/promise', {
            params: { path: { id: delivery.id } },
            headers: seen(delivery.version, key),
            body: { promised_at: fromLocalInput(promised_at) ?? '', reason, evidence: [{ kind: evidence_kind, name: 'promise', reference, sha256: sha256 || null }] },
          }),
        )
      }
    >
      <Form.Item name="promised_at" label={t('delivery.promised')} rules={required}><MomentField /></Form.Item>
      <Form.Item name="reason" label={t('form.reason')} rules={required}><Input.TextArea rows={2} maxLength={500} /></Form.Item>
      <EvidenceFields />
    </FormDialog>
  );
}

interface IssueProps {
  delivery: Delivery;
  close: () => void;
  onDone: (issued: Issued) => void;
}

function IssueForm({ delivery, close, onDone }: IssueProps) {
  const { t } = useTranslation();
  return (
    <FormDialog<EvidenceTyped, Issued>
      open
      close={close}
      title={t('delivery.issue')}
      submit={t('delivery.issue')}
      fields={['evidence_kind', 'reference', 'sha256']}
      refreshes={[['deliveries']]}
      onDone={onDone}
      send={({ evidence_kind, reference, sha256 }, key) =>
        body(
          api.POST('/api/deliveries/{id}/acceptances', {
            params: { path: { id: delivery.id } },
            headers: once(key),
            body: { evidence: [{ kind: evidence_kind, name: 'delivered', reference, sha256: sha256 || null }] },
          }),
        )
      }
    >
      <p className="soft">{t('delivery.issueHint')}</p>
      <EvidenceFields kinds={['file', 'recording']} />
    </FormDialog>
  );
}

/** The link is shown this once. */
function IssuedLink({ issued, close }: { issued: Issued; close: () => void }) {
  const { t } = useTranslation();
  const url = `${window.location.origin}/acceptance/${issued.token ?? ''}`;
  return (
    <Modal open title={t('delivery.linkTitle')} onCancel={close} footer={<Button type="primary" onClick={close}>{t('form.close')}</Button>}>
      {issued.token ? (
        <>
          <p className="soft">{t('delivery.linkHint')}</p>
          <Typography.Paragraph copyable className="acceptance-link">{url}</Typography.Paragraph>
        </>
      ) : (
        <p>{t('delivery.linkGone')}</p>
      )}
    </Modal>
  );
}
