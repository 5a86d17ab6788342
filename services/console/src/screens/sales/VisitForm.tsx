import { Checkbox, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';

import { api, body, once } from '../../api/client';
import type { components } from '../../api/schema';
import { now } from '../../ui/clock';
import { CustomInputs } from '../../ui/custom/CustomInputs';
import { type WithCustom, useCustomForm } from '../../ui/custom/useCustomFields';
import { FormDialog } from '../../ui/FormDialog';
import { fromLocalInput, toLocalInput } from '../../ui/localTime';
import { MomentField } from '../../ui/dates/DateFields';
import { DECISION_ROLES, type DecisionRole } from './decisionRoles';

interface Typed extends WithCustom {
  visited_at: string;
  decision_chain: DecisionRole[];
  note: string;
  pain?: string;
  competitor?: string;
  next_step: string;
  next_step_at: string;
}

interface Props {
  opportunity: { id: string; customer_id: string; subject: string };
  close: () => void;
}

const DAY_MS = 24 * 3_600_000;

/** A visit in its five fields. */
export function VisitForm({ opportunity, close }: Props) {
  const { t } = useTranslation();
  const own = useCustomForm('visit');
  const required = [{ required: true, message: t('form.required') }];
  return (
    <FormDialog<Typed, components['schemas']['VisitAnswer']>
      open
      close={close}
      width={600}
      title={t('sales.visit.title')}
      fields={['visited_at', 'decision_chain', 'note', 'pain', 'competitor', 'next_step', 'next_step_at', ...own.names]}
      initial={{ visited_at: toLocalInput(now()), next_step_at: toLocalInput(new Date(now().getTime() + 2 * DAY_MS)) }}
      refreshes={[['opportunities'], ['customers'], ['visits'], ['timeline']]}
      send={(typed, key) =>
        body(
          api.POST('/api/visits', {
            headers: once(key),
            body: {
              customer_id: opportunity.customer_id,
              opportunity_id: opportunity.id,
              decision_chain: typed.decision_chain,
              note: typed.note,
              pain: typed.pain || null,
              competitor: typed.competitor || null,
              next_step: typed.next_step,
              next_step_at: fromLocalInput(typed.next_step_at) ?? null,
              visited_at: fromLocalInput(typed.visited_at) ?? null,
              client_id: key,
              custom: own.given(typed),
            },
          }),
        )
      }
    >
      <p className="soft">{opportunity.subject}</p>
      <Form.Item name="decision_chain" label={t('sales.visit.met')} rules={required}>
        <Checkbox.Group options={DECISION_ROLES.map((value) => ({ value, label: t(`sales.decisionRole.${value}`) }))} />
      </Form.Item>
      <Form.Item name="note" label={t('sales.visit.note')} rules={required}>
        <Input.TextArea rows={3} maxLength={2000} />
      </Form.Item>
      <div className="row top">
        <Form.Item name="pain" label={t('sales.field.pain')} className="grow"><Input maxLength={500} /></Form.Item>
        <Form.Item name="competitor" label={t('sales.field.competitor')} className="grow"><Input maxLength={200} /></Form.Item>
      </div>
      <Form.Item name="next_step" label={t('home.actionForm.nextStep')} rules={required}>
        <Input maxLength={500} />
      </Form.Item>
      <div className="row top">
        <Form.Item name="next_step_at" label={t('home.actionForm.nextStepAt')} rules={required} className="grow"><MomentField /></Form.Item>
        <Form.Item name="visited_at" label={t('sales.visit.at')} rules={required} className="grow"><MomentField /></Form.Item>
      </div>
      <CustomInputs resource="visit" />
    </FormDialog>
  );
}
