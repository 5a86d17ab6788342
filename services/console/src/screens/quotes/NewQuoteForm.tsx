import { useQuery } from '@tanstack/react-query';
import { Form, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';

import { api, body, once } from '../../api/client';
import { type WithCustom, useCustomForm } from '../../ui/custom/useCustomFields';
import { FormDialog } from '../../ui/FormDialog';
import { customerQuery } from '../sales/query';
import { QuoteFields } from './QuoteFields';
import { FIELDS, NEW_LINE, type Typed, contentOf } from './content';
import type { Quote } from './query';

type TypedNew = Typed & WithCustom & { customer_id: string; opportunity_id: string };

interface Props {
  /** What it is for, when that is known already. */
  opportunity?: { id: string; customer_id: string };
  close: () => void;
}

/** Drafts a quote for an opportunity. */
export function NewQuoteForm({ opportunity, close }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const own = useCustomForm('quote');
  return (
    <FormDialog<TypedNew, Quote>
      open
      close={close}
      width={980}
      title={t('quotes.new')}
      fields={[...FIELDS, 'customer_id', 'opportunity_id', ...own.names]}
      initial={{ lines: [NEW_LINE], note: '', validity_days: '', ...(opportunity ? { customer_id: opportunity.customer_id, opportunity_id: opportunity.id } : {}) }}
      refreshes={[['quotes'], ['opportunities']]}
      onDone={(quote) => void navigate(`/quotes/${quote.id}`)}
      send={({ customer_id: _, opportunity_id, ...typed }, key) =>
        body(api.POST('/api/quotes', { headers: once(key), body: { ...contentOf(typed, 'CNY'), opportunity_id, custom: own.given(typed) } }))
      }
    >
      {opportunity ? <><Form.Item name="customer_id" hidden><input type="hidden" /></Form.Item><Form.Item name="opportunity_id" hidden><input type="hidden" /></Form.Item></> : <Subject />}
      <Lines />
    </FormDialog>
  );
}

/** Lines can be priced once it is known for whom. */
function Lines() {
  const { t } = useTranslation();
  const id = (Form.useWatch('customer_id') as string | undefined) ?? '';
  const customer = useQuery({ ...customerQuery(id), enabled: id !== '' });
  if (id === '') return <p className="soft">{t('quotes.chooseFirst')}</p>;
  return <QuoteFields currency="CNY" grade={customer.data?.grade ?? ''} tier={customer.data?.store_tier ?? ''} />;
}

/** A customer by its name, and one of its opportunities. */
function Subject() {
  const { t } = useTranslation();
  const form = Form.useFormInstance<TypedNew>();
  const [text, setText] = useState('');
  const id = (Form.useWatch('customer_id') as string | undefined) ?? '';
  const customers = useQuery({
    queryKey: ['customers', 'choose', text],
    placeholderData: (before) => before,
    queryFn: () => body(api.GET('/api/customers', { params: { query: { limit: 30, ...(text ? { q: text } : {}) } } })),
  });
  const opportunities = useQuery({
    queryKey: ['opportunities', 'choose', id],
    enabled: id !== '',
    queryFn: () => body(api.GET('/api/opportunities', { params: { query: { customer_id: id, limit: 50 } } })),
  });
  const required = [{ required: true, message: t('form.required') }];
  const open = (opportunities.data?.items ?? []).filter(({ stage }) => stage !== 'won' && stage !== 'lost');
  return (
    <div className="row top">
      <Form.Item name="customer_id" label={t('collections.customer')} rules={required} className="grow">
        <Select
          showSearch={{ filterOption: false, onSearch: setText }}
          loading={customers.isFetching}
          placeholder={t('quotes.chooseCustomer')}
          onChange={() => form.setFieldValue('opportunity_id', undefined)}
          options={(customers.data?.items ?? []).map((customer) => ({ value: customer.id, label: customer.company }))}
        />
      </Form.Item>
      <Form.Item name="opportunity_id" label={t('nav.opportunities')} rules={required} className="grow">
        <Select
          loading={opportunities.isFetching}
          disabled={id === ''}
          placeholder={t('quotes.chooseOpportunity')}
          notFoundContent={t('sales.opportunitiesNone')}
          options={open.map((one) => ({ value: one.id, label: one.subject }))}
        />
      </Form.Item>
    </div>
  );
}
