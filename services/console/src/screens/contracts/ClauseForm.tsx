import { useQuery } from '@tanstack/react-query';
import { Form, Input, Radio, Select } from 'antd';
import { useTranslation } from 'react-i18next';

import { api, body, once } from '../../api/client';
import { FormDialog } from '../../ui/FormDialog';
import { fromLocalInput } from '../../ui/localTime';
import { productsQuery } from '../quotes/query';
import { MomentField } from '../../ui/dates/DateFields';
import type { Clause } from './query';

interface Typed {
  code: string;
  title: string;
  body: string;
  kind: Clause['kind'];
  destinations: string[];
  customer_types: string[];
  product_categories: string[];
  effective_from?: string;
}

/** Writes a clause, or the next revision of one. */
export function ClauseForm({ clause, close }: { clause: Clause | null; close: () => void }) {
  const { t } = useTranslation();
  const products = useQuery(productsQuery);
  const required = [{ required: true, message: t('form.required') }];
  const named = (values: readonly string[], say: (value: string) => string) => values.map((value) => ({ value, label: say(value) }));
  const categories = [...new Set(products.data?.map(({ category }) => category) ?? [])];
  return (
    <FormDialog<Typed, Clause>
      open
      close={close}
      width={720}
      title={clause ? t('clauses.changeTitle', { title: clause.title }) : t('clauses.new')}
      fields={['code', 'title', 'body', 'kind', 'effective_from']}
      initial={{
        code: clause?.code ?? '',
        title: clause?.title ?? '',
        body: clause?.body ?? '',
        kind: clause?.kind ?? 'locked',
        destinations: clause?.required_for.destinations ?? [],
        customer_types: clause?.required_for.customer_types ?? [],
        product_categories: clause?.required_for.product_categories ?? [],
      }}
      refreshes={[['clauses']]}
      send={({ destinations, customer_types, product_categories, effective_from, ...typed }, key) =>
        body(api.POST('/api/clauses', { headers: once(key), body: { ...typed, required_for: { destinations, customer_types, product_categories }, effective_from: fromLocalInput(effective_from) ?? null } }))
      }
    >
      <div className="row top">
        <Form.Item name="code" label={t('clauses.code')} extra={t('clauses.codeHint')} rules={required} style={{ width: 200 }}><Input maxLength={40} disabled={clause !== null} /></Form.Item>
        <Form.Item name="title" label={t('clauses.clauseTitle')} rules={required} className="grow"><Input maxLength={200} /></Form.Item>
      </div>
      <Form.Item name="kind" label={t('clauses.kind')}>
        <Radio.Group optionType="button" options={(['locked', 'business'] as const).map((value) => ({ value, label: t(`clauses.kinds.${value}`) }))} />
      </Form.Item>
      <Form.Item name="body" label={t('clauses.body')} rules={required}><Input.TextArea autoSize={{ minRows: 5, maxRows: 16 }} maxLength={20_000} /></Form.Item>
      <p className="soft">{t('clauses.requiredHint')}</p>
      <div className="row top">
        <Form.Item name="destinations" label={t('contracts.field.destination')} className="grow"><Select mode="tags" options={named(['domestic', 'export'], (value) => t(`contracts.destination.${value}`))} /></Form.Item>
        <Form.Item name="customer_types" label={t('contracts.field.customer_type')} className="grow"><Select mode="tags" options={named(['standard', 'government'], (value) => t(`contracts.customer_type.${value}`))} /></Form.Item>
        <Form.Item name="product_categories" label={t('clauses.categories')} className="grow"><Select mode="multiple" options={named(categories, (value) => t(`clauses.category.${value}`, { defaultValue: value }))} /></Form.Item>
      </div>
      <Form.Item name="effective_from" label={t('clauses.effective')} extra={t('clauses.effectiveHint')}><MomentField /></Form.Item>
    </FormDialog>
  );
}
