import { Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';

import { api, body, once } from '../../api/client';
import { usePeople } from '../../api/directory';
import { useMe } from '../../app/session';
import { FormDialog } from '../../ui/FormDialog';
import { listed } from '../../ui/punctuated';
import type { Approval } from './query';

interface Typed {
  to: string;
  reason?: string;
}

/** Hands a decision to somebody else who may make it. */
export function DelegateForm({ id, close }: { id: string; close: () => void }) {
  const { t } = useTranslation();
  const me = useMe();
  const people = [...usePeople().values()].filter((person) => person.active && person.id !== me.id);
  return (
    <FormDialog<Typed, Approval>
      open
      close={close}
      title={t('approvals.delegate')}
      fields={['to', 'reason']}
      refreshes={[['approvals'], ['todos']]}
      send={({ to, reason }, key) => body(api.POST('/api/approvals/{id}/delegate', { params: { path: { id } }, headers: once(key), body: { to, reason: reason || null } }))}
    >
      <Form.Item name="to" label={t('approvals.delegateTo')} rules={[{ required: true, message: t('form.required') }]}>
        <Select showSearch={{ optionFilterProp: 'label' }} options={people.map((person) => ({ value: person.id, label: `${person.name} · ${listed(person.roles.map((role) => t(`role.${role}`)))}` }))} />
      </Form.Item>
      <Form.Item name="reason" label={t('form.reason')}><Input.TextArea rows={2} maxLength={500} /></Form.Item>
    </FormDialog>
  );
}
