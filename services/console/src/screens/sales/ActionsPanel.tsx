import { useQuery } from '@tanstack/react-query';
import { Button, Form, Input, Select, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { api, body, once } from '../../api/client';
import type { components } from '../../api/schema';
import { useMe } from '../../app/session';
import { now } from '../../ui/clock';
import { FormDialog } from '../../ui/FormDialog';
import { fromLocalInput, toLocalInput } from '../../ui/localTime';
import { Panel } from '../../ui/Page';
import { Answer, Empty } from '../../ui/States';
import { Due, Moment } from '../../ui/Values';
import { ActionDoneForm } from '../home/forms/ActionDoneForm';
import { MomentField } from '../../ui/dates/DateFields';
import type { Opportunity } from './query';
import { VisitForm } from './VisitForm';

type Action = components['schemas']['ActionView'];

const KINDS = ['appointment', 'needs_diagnosis', 'demonstration', 'objection_handling', 'quote_confirmation'] as const;
const DAY_MS = 24 * 3_600_000;

/** What is planned and was done with the customer for this opportunity. */
export function ActionsPanel({ opportunity }: { opportunity: Opportunity }) {
  const { t } = useTranslation();
  const me = useMe();
  const [open, setOpen] = useState<'plan' | 'visit' | null>(null);
  const actions = useQuery({
    queryKey: ['actions', opportunity.id],
    meta: { follows: ['action'] },
    queryFn: () => body(api.GET('/api/actions', { params: { query: { opportunity_id: opportunity.id, limit: 50 } } })),
  });
  const mine = opportunity.owner_id === me.id;
  return (
    <Panel
      flush
      title={t('sales.actions.title')}
      extra={
        mine ? (
          <div className="row">
            <Button size="small" onClick={() => setOpen('visit')}>{t('sales.visit.title')}</Button>
            <Button size="small" onClick={() => setOpen('plan')}>{t('sales.actions.plan')}</Button>
          </div>
        ) : null
      }
    >
      <Answer of={actions} rows={2} isEmpty={(page) => page.items.length === 0} empty={<Empty title={t('sales.actions.none')} />}>
        {(page) => <div role="list">{page.items.map((action) => <Line key={action.id} action={action} mine={action.rep_id === me.id} />)}</div>}
      </Answer>
      {open === 'plan' ? <PlanForm opportunity={opportunity} close={() => setOpen(null)} /> : null}
      {open === 'visit' ? <VisitForm opportunity={opportunity} close={() => setOpen(null)} /> : null}
    </Panel>
  );
}

function Line({ action, mine }: { action: Action; mine: boolean }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <div className="item" role="listitem">
      <div className="grow">
        <div className="row">
          <span className="strong">{t(`actionKind.${action.kind}`)}</span>
          {action.done ? <Tag color="green">{t('sales.actions.done')}</Tag> : <Due at={action.planned_at} />}
        </div>
        <p>{action.purpose}</p>
        {action.done ? <p className="soft">{action.done.own_value} · {t('home.actionForm.nextStep')}: {action.done.next_step} (<Moment at={action.done.next_step_at} />)</p> : null}
      </div>
      {!action.done && mine ? <Button size="small" onClick={() => setOpen(true)}>{t('home.do.action')}</Button> : null}
      {open ? <ActionDoneForm action={action} close={() => setOpen(false)} /> : null}
    </div>
  );
}

interface Planned {
  kind: (typeof KINDS)[number];
  planned_at: string;
  purpose: string;
}

function PlanForm({ opportunity, close }: { opportunity: Opportunity; close: () => void }) {
  const { t } = useTranslation();
  const required = [{ required: true, message: t('form.required') }];
  return (
    <FormDialog<Planned, Action>
      open
      close={close}
      title={t('sales.actions.plan')}
      fields={['kind', 'planned_at', 'purpose']}
      initial={{ kind: 'appointment', planned_at: toLocalInput(new Date(now().getTime() + DAY_MS)) }}
      refreshes={[['actions'], ['todos'], ['timeline']]}
      send={({ kind, planned_at, purpose }, key) =>
        body(
          api.POST('/api/actions', {
            headers: once(key),
            body: { opportunity_id: opportunity.id, kind, planned_at: fromLocalInput(planned_at) ?? null, purpose },
          }),
        )
      }
    >
      <Form.Item name="kind" label={t('sales.actions.kind')} rules={required}>
        <Select options={KINDS.map((value) => ({ value, label: t(`actionKind.${value}`) }))} />
      </Form.Item>
      <Form.Item name="planned_at" label={t('sales.actions.at')} rules={required}><MomentField /></Form.Item>
      <Form.Item name="purpose" label={t('sales.actions.purpose')} rules={required}><Input maxLength={300} /></Form.Item>
    </FormDialog>
  );
}
