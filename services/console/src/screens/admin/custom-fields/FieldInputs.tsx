import { Descriptions, Form, Input, Select, Switch } from 'antd';
import { useTranslation } from 'react-i18next';

import type { CustomField } from '../../../api/customFields';
import { choicesOf } from './choices';

const KEY = /^[a-z][a-z0-9_]{0,39}$/;
const TYPES = ['text', 'number', 'date', 'yes_no', 'choice'] as const satisfies readonly CustomField['type'][];

/** What a field is made of; of an existing one, what may still change. */
export function FieldInputs({ field }: { field: CustomField | null }) {
  const { t } = useTranslation();
  const typed = Form.useWatch('type') as CustomField['type'] | undefined;
  const type = field?.type ?? typed;
  return (
    <>
      {field ? <Fixed field={field} /> : null}
      <div className="row top">
        <Form.Item name={['label', 'zh']} label={t('custom.admin.zh')} className="grow" rules={[{ required: true, whitespace: true, message: t('form.required') }]}><Input maxLength={100} autoFocus /></Form.Item>
        <Form.Item name={['label', 'en']} label={t('custom.admin.en')} extra={t('custom.admin.enHint')} className="grow"><Input maxLength={100} /></Form.Item>
      </div>
      {field ? null : <Once />}
      {type === 'choice' ? <Choices /> : null}
      <Form.Item name="required" label={t('custom.admin.required')} extra={t('custom.admin.requiredHint')} valuePropName="checked"><Switch /></Form.Item>
    </>
  );
}

/** Said when it is made, and never again. */
function Once() {
  const { t } = useTranslation();
  return (
    <div className="row top">
      <Form.Item name="key" label={t('custom.admin.key')} extra={t('custom.admin.keyHint')} className="grow" rules={[{ required: true, message: t('form.required') }, { pattern: KEY, message: t('custom.admin.keyShape') }]}>
        <Input maxLength={40} autoComplete="off" spellCheck={false} placeholder="staff_count" />
      </Form.Item>
      <Form.Item name="type" label={t('custom.admin.type')} extra={t('custom.admin.typeHint')} className="grow">
        <Select options={TYPES.map((value) => ({ value, label: t(`custom.types.${value}`) }))} />
      </Form.Item>
    </div>
  );
}

function Fixed({ field }: { field: CustomField }) {
  const { t } = useTranslation();
  return (
    <Descriptions
      size="small"
      column={2}
      items={[
        { key: 'key', label: t('custom.admin.key'), children: <code>{field.key}</code> },
        { key: 'type', label: t('custom.admin.type'), children: t(`custom.types.${field.type}`) },
      ]}
    />
  );
}

function Choices() {
  const { t } = useTranslation();
  const some = { validator: (_: unknown, lines?: string) => (choicesOf(lines ?? '').length > 0 ? Promise.resolve() : Promise.reject(new Error(t('form.required')))) };
  return (
    <Form.Item name="choices" label={t('custom.admin.choices')} extra={t('custom.admin.choicesHint')} required rules={[some]}>
      <Input.TextArea autoSize={{ minRows: 4, maxRows: 12 }} />
    </Form.Item>
  );
}
