import { Alert, Button, Form, type FormRule, Input, Select } from 'antd';
import type { TFunction } from 'i18next';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';

import type { CustomField, Customised } from '../../api/customFields';
import { DayField } from '../dates/DateFields';
import { labelOf } from './said';
import { useCustomFields } from './useCustomFields';
import { isNumber } from './values';
import './custom.css';

const LONGEST = 500;

/** A form's inputs for the organisation's own fields of a kind of record; none where there are no fields. */
export function CustomInputs({ resource }: { resource: Customised }) {
  const { t } = useTranslation();
  const { live, query } = useCustomFields(resource);
  if (query.error && query.data === undefined) {
    return <Alert type="warning" showIcon title={t('custom.notLoaded')} action={<Button size="small" onClick={() => void query.refetch()}>{t('state.retry')}</Button>} />;
  }
  if (live.length === 0) return null;
  return (
    <div className="custom-inputs">
      {live.map((field) => (
        <Form.Item key={field.id} name={['custom', field.key]} label={labelOf(field)} rules={rulesOf(field, t)}>{inputOf(field, t)}</Form.Item>
      ))}
    </div>
  );
}

function rulesOf({ type, required }: CustomField, t: TFunction): FormRule[] {
  const number: FormRule = { validator: (_, typed?: string) => (!typed?.trim() || isNumber(typed) ? Promise.resolve() : Promise.reject(new Error(t('custom.notANumber')))) };
  return [...(required ? [{ required: true, whitespace: true, message: t('form.required') }] : []), ...(type === 'number' ? [number] : [])];
}

function inputOf({ type, choices }: CustomField, t: TFunction): ReactElement {
  switch (type) {
    case 'text':
      return <Input maxLength={LONGEST} />;
    case 'number':
      return <Input inputMode="decimal" maxLength={40} />;
    case 'date':
      return <DayField />;
    case 'yes_no':
      return <Select allowClear placeholder={t('custom.unknown')} options={yesAndNo(t)} />;
    case 'choice':
      return <Select allowClear showSearch placeholder={t('custom.choose')} options={choices.map((value) => ({ value, label: value }))} />;
  }
}

/** As text, as every typed value is. */
export const yesAndNo = (t: TFunction) => [{ value: 'true', label: t('custom.yes') }, { value: 'false', label: t('custom.no') }];
