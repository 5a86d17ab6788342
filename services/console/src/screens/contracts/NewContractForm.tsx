import { Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';

import { api, body, once } from '../../api/client';
import { FormDialog } from '../../ui/FormDialog';
import { fromLocalInput, toLocalInput } from '../../ui/localTime';
import type { Quote } from '../quotes/query';
import { MomentField } from '../../ui/dates/DateFields';
import { KindSelect } from './KindSelect';
import { PlanFields } from './PlanFields';
import { type TypedPart, USUAL_PLAN, planOf } from './plan';
import type { Contract } from './query';
import './contracts.css';

interface Typed {
  destination: string;
  customer_type: string;
  promised_delivery_at: string;
  delivery_place: string;
  payment_plan: TypedPart[];
}

/** Builds a contract from an approved quote; which clauses it carries follows from goods, destination and customer. */
export function NewContractForm({ quote, close }: { quote: Quote; close: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const required = [{ required: true, message: t('form.required') }];
  return (
    <FormDialog<Typed, Contract>
      open
      close={close}
      width={640}
      title={t('contracts.newFrom', { number: quote.number })}
      submit={t('contracts.new')}
      fields={['destination', 'customer_type', 'promised_delivery_at', 'delivery_place', 'payment_plan']}
      initial={{ destination: 'domestic', customer_type: 'standard', promised_delivery_at: toLocalInput(new Date(`${quote.current.delivery_date}T09:00:00`)), delivery_place: '', payment_plan: USUAL_PLAN }}
      refreshes={[['contracts'], ['quotes'], ['opportunities']]}
      onDone={(contract) => void navigate(`/contracts/${contract.id}`)}
      send={({ promised_delivery_at, payment_plan, ...typed }, key) =>
        body(api.POST('/api/contracts', { headers: once(key), body: { ...typed, quote_id: quote.id, payment_plan: planOf(payment_plan), promised_delivery_at: fromLocalInput(promised_delivery_at) ?? '' } }))
      }
    >
      <p className="soft">{t('contracts.newHint')}</p>
      <div className="row top">
        <KindSelect field="destination" />
        <KindSelect field="customer_type" />
      </div>
      <div className="row top">
        <Form.Item name="promised_delivery_at" label={t('contracts.field.promised')} rules={required} className="grow"><MomentField /></Form.Item>
        <Form.Item name="delivery_place" label={t('contracts.field.place')} className="grow"><Input maxLength={300} /></Form.Item>
      </div>
      <PlanFields />
    </FormDialog>
  );
}
