import { useQueryClient } from '@tanstack/react-query';
import { Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';

import { api, body, once, seen } from '../../api/client';
import { Conflict } from '../../ui/Conflict';
import type { Difference } from '../../ui/ConflictDialog';
import { CustomInputs } from '../../ui/custom/CustomInputs';
import { customDifferences } from '../../ui/custom/said';
import { useCustomForm } from '../../ui/custom/useCustomFields';
import { FormDialog } from '../../ui/FormDialog';
import { listed } from '../../ui/punctuated';
import { useConflict } from '../../ui/useConflict';
import { FIELDS, TIERS, type Typed, startOf } from './customerDraft';
import { type Customer, customerQuery } from './query';

interface Props {
  /** None for a new one. */
  customer: Customer | null;
  close: () => void;
}

/** Registers a customer, or changes what is known of one. */
export function CustomerForm({ customer, close }: Props) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const own = useCustomForm('customer');
  const { version, conflict, onRefused } = useConflict<Typed, Customer>(customer?.version ?? 0, close);
  const send = ({ custom, ...typed }: Typed, key: string): Promise<Customer> =>
    customer
      ? body(api.PATCH('/api/customers/{id}', { params: { path: { id: customer.id } }, headers: seen(version, key), body: { ...typed, custom: own.changed({ custom }, customer.custom) } }))
      : body(api.POST('/api/customers', { headers: once(key), body: { ...typed, custom: own.given({ custom }) } }));
  const differences = (mine: Typed, theirs: Customer): Difference[] => {
    const other = startOf(theirs);
    return [
      { field: t('leads.column.company'), mine: mine.company, theirs: other.company },
      { field: t('leads.detail.creditCode'), mine: mine.credit_code, theirs: other.credit_code },
      { field: t('leads.column.industry'), mine: mine.industry, theirs: other.industry },
      { field: t('leads.column.region'), mine: mine.region, theirs: other.region },
      { field: t('sales.customer.tier'), mine: t(`sales.tier.${mine.store_tier}`), theirs: t(`sales.tier.${other.store_tier}`) },
      { field: t('sales.customer.tags'), mine: listed(mine.tags), theirs: listed(other.tags) },
      ...customDifferences(own.live, mine.custom, theirs.custom, t),
    ];
  };
  return (
    <>
      <FormDialog<Typed, Customer>
        open
        close={close}
        width={600}
        title={customer ? t('sales.customer.change', { company: customer.company }) : t('sales.customer.add')}
        fields={[...FIELDS, ...own.names]}
        initial={startOf(customer)}
        refreshes={[['customers'], ['timeline']]}
        send={send}
        {...(customer ? { onRefused: onRefused(() => client.fetchQuery({ ...customerQuery(customer.id), staleTime: 0 })) } : { onDone: ({ id }: Customer) => void navigate(`/customers/${id}`) })}
      >
        <CustomerInputs />
      </FormDialog>
      <Conflict of={conflict} fields={differences} />
    </>
  );
}

function CustomerInputs() {
  const { t } = useTranslation();
  return (
    <>
      <Form.Item name="company" label={t('leads.column.company')} rules={[{ required: true, whitespace: true, message: t('form.required') }]}><Input maxLength={200} /></Form.Item>
      <div className="row top">
        <Form.Item name="credit_code" label={t('leads.detail.creditCode')} className="grow"><Input maxLength={40} /></Form.Item>
        <Form.Item name="store_tier" label={t('sales.customer.tier')} className="grow"><Select options={TIERS.map((value) => ({ value, label: t(`sales.tier.${value}`) }))} /></Form.Item>
      </div>
      <div className="row top">
        <Form.Item name="industry" label={t('leads.column.industry')} className="grow"><Input maxLength={100} /></Form.Item>
        <Form.Item name="region" label={t('leads.column.region')} className="grow"><Input maxLength={100} /></Form.Item>
      </div>
      <Form.Item name="tags" label={t('sales.customer.tags')} extra={t('sales.customer.tagsHint')}><Select mode="tags" open={false} suffixIcon={null} /></Form.Item>
      <CustomInputs resource="customer" />
    </>
  );
}
