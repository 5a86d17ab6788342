import { Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';

import { api, body, once } from '../../api/client';
import { CustomInputs } from '../../ui/custom/CustomInputs';
import { type WithCustom, useCustomForm } from '../../ui/custom/useCustomFields';
import { FormDialog } from '../../ui/FormDialog';
import type { Opportunity } from './query';

interface Typed extends WithCustom {
  subject: string;
}

interface Props {
  customer: { id: string; company: string };
  close: () => void;
}

/** Opens an opportunity of a customer. */
export function NewOpportunityForm({ customer, close }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const own = useCustomForm('opportunity');
  return (
    <FormDialog<Typed, Opportunity>
      open
      close={close}
      title={t('sales.newOpportunity')}
      fields={['subject', ...own.names]}
      refreshes={[['opportunities'], ['timeline']]}
      onDone={({ id }) => void navigate(`/opportunities/${id}`)}
      send={({ subject, custom }, key) => body(api.POST('/api/opportunities', { headers: once(key), body: { customer_id: customer.id, subject, custom: own.given({ custom }) } }))}
    >
      <p className="soft">{customer.company}</p>
      <Form.Item name="subject" label={t('leads.convert.subject')} extra={t('leads.convert.hint')} rules={[{ required: true, whitespace: true, message: t('form.required') }]}><Input maxLength={200} /></Form.Item>
      <CustomInputs resource="opportunity" />
    </FormDialog>
  );
}
