import { App, Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';

import { api, body, once } from '../../api/client';
import type { components } from '../../api/schema';
import { bilingual } from '../../ui/bilingual';
import { CustomInputs } from '../../ui/custom/CustomInputs';
import { type WithCustom, useCustomForm } from '../../ui/custom/useCustomFields';
import { FormDialog } from '../../ui/FormDialog';
import { MoneyInput } from '../../ui/MoneyInput';
import type { Lead } from './query';

type Text = 'company' | 'contact_name' | 'contact_phone' | 'contact_email' | 'industry' | 'region' | 'budget' | 'source_detail' | 'note';
type Typed = WithCustom & { source: string } & Partial<Record<Text, string>>;

const FIELDS = ['source', 'source_detail', 'company', 'contact_name', 'contact_phone', 'contact_email', 'industry', 'region', 'budget', 'note'] as const;
/** Where a lead comes from that somebody registers by hand. */
const SOURCES = ['phone', 'wecom', 'exhibition_qr', 'web_form', 'store_walk_in'] as const;

/** What is sent: what was left empty is not said. */
function draftOf({ source, company = '', budget, custom: _, ...rest }: Typed): components['schemas']['NewLead'] {
  const given = Object.fromEntries(Object.entries(rest).filter(([, text]) => text?.trim()));
  return { source, company, ...given, ...(budget?.trim() ? { budget: { amount: budget, currency: 'CNY' } } : {}) };
}

/** Registers a lead; it is assigned at once where somebody fits. */
export function NewLeadForm({ close }: { close: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const own = useCustomForm('lead');
  const tell = ({ state, company, duplicate }: Lead) => {
    if (state === 'duplicate') void message.warning(duplicate ? bilingual(duplicate.reason) : t('leads.added.duplicate', { company }), 8);
    else void message.success(t(state === 'assigned' ? 'leads.added.assigned' : 'leads.added.waits', { company }));
  };
  return (
    <FormDialog<Typed, Lead>
      open
      close={close}
      width={600}
      title={t('leads.add')}
      fields={[...FIELDS, ...own.names]}
      initial={{ source: SOURCES[0] }}
      refreshes={[['leads'], ['todos'], ['reps']]}
      onDone={tell}
      send={(typed, key) => body(api.POST('/api/leads', { headers: once(key), body: { ...draftOf(typed), custom: own.given(typed) } }))}
    >
      <LeadInputs />
      <CustomInputs resource="lead" />
    </FormDialog>
  );
}

function LeadInputs() {
  const { t } = useTranslation();
  return (
    <>
      <Form.Item name="company" label={t('leads.column.company')} rules={[{ required: true, whitespace: true, message: t('form.required') }]}><Input maxLength={200} /></Form.Item>
      <div className="row top">
        <Form.Item name="source" label={t('leads.column.source')} className="grow"><Select options={SOURCES.map((value) => ({ value: value as string, label: t(`leads.source.${value}`) }))} /></Form.Item>
        <Form.Item name="source_detail" label={t('leads.field.source_detail')} className="grow"><Input maxLength={200} /></Form.Item>
      </div>
      <Form.Item name="contact_name" label={t('leads.column.contact')}><Input maxLength={100} /></Form.Item>
      <div className="row top">
        <Form.Item name="contact_phone" label={t('leads.detail.phone')} className="grow"><Input inputMode="tel" maxLength={40} /></Form.Item>
        <Form.Item name="contact_email" label={t('leads.detail.email')} extra={t('leads.reachable')} className="grow"><Input inputMode="email" maxLength={200} /></Form.Item>
      </div>
      <div className="row top">
        <Form.Item name="industry" label={t('leads.column.industry')} className="grow"><Input maxLength={50} /></Form.Item>
        <Form.Item name="region" label={t('leads.column.region')} className="grow"><Input maxLength={50} /></Form.Item>
        <Form.Item name="budget" label={t('leads.column.budget')} className="grow"><MoneyInput currency="CNY" /></Form.Item>
      </div>
      <Form.Item name="note" label={t('leads.detail.note')}><Input.TextArea rows={2} maxLength={2000} /></Form.Item>
    </>
  );
}
