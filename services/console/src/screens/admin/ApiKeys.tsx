import { useQuery } from '@tanstack/react-query';
import { Button, Form, Input, Modal, Popconfirm, Select, Tag, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { api, body, once } from '../../api/client';
import { orgQuery, useOrgName } from '../../api/directory';
import type { components } from '../../api/schema';
import { useWrite } from '../../api/useWrite';
import type { Role } from '../../app/session';
import { FittingTable } from '../../ui/FittingTable';
import { FormDialog } from '../../ui/FormDialog';
import { Panel } from '../../ui/Page';
import { Answer, Empty } from '../../ui/States';
import { Moment } from '../../ui/Values';

type Key = components['schemas']['ApiKeyView'];
type Issued = components['schemas']['IssuedKey'];

export function ApiKeys() {
  const { t } = useTranslation();
  const orgName = useOrgName();
  const [adding, setAdding] = useState(false);
  const [issued, setIssued] = useState<Issued | null>(null);
  const keys = useQuery({ queryKey: ['api-keys'], meta: { follows: ['api_key'] }, queryFn: () => body(api.GET('/api/api-keys')) });
  const revoke = useWrite({
    send: (id: string, key) => body(api.DELETE('/api/api-keys/{id}', { params: { path: { id } }, headers: once(key) })),
    refreshes: [['api-keys']],
  });
  return (
    <Panel flush title={t('admin.keys.title')} extra={<Button type="primary" size="small" onClick={() => setAdding(true)}>{t('admin.keys.issue')}</Button>}>
      <Answer of={keys} isEmpty={(list) => list.length === 0} empty={<Empty title={t('admin.keys.none')} />}>
        {(list) => (
          <FittingTable<Key>
            size="middle"
            rowKey="id"
            dataSource={list}
            columns={[
              { title: t('admin.keys.name'), dataIndex: 'name', narrow: 150 },
              { title: t('admin.keys.prefix'), dataIndex: 'prefix', width: 170, render: (prefix: string) => <code>{prefix}</code> },
              { title: t('admin.people.roles'), dataIndex: 'role', render: (role: Role) => t(`role.${role}`) },
              { title: t('admin.people.org'), dataIndex: 'org', render: (org: string) => orgName(org) },
              { title: t('admin.keys.used'), dataIndex: 'last_used_at', render: (at: string | null) => <Moment at={at} /> },
              {
                title: t('collections.state.label'),
                narrow: 190,
                render: (_: unknown, key) =>
                  key.revoked_at ? <Tag variant="filled">{t('admin.keys.revoked')} · <Moment at={key.revoked_at} /></Tag> : <Tag variant="filled" color="success">{t('admin.keys.active')}</Tag>,
              },
              {
                title: t('admin.doings'),
                key: 'revoke',
                render: (_: unknown, key) =>
                  key.revoked_at ? null : (
                    <Popconfirm title={t('admin.keys.revokeAsk')} okText={t('admin.keys.revoke')} cancelText={t('form.cancel')} onConfirm={() => revoke.mutate(key.id)}>
                      <Button size="small" danger>{t('admin.keys.revoke')}</Button>
                    </Popconfirm>
                  ),
              },
            ]}
          />
        )}
      </Answer>
      {adding ? <IssueForm close={() => setAdding(false)} onDone={setIssued} /> : null}
      {issued ? (
        <Modal open title={t('admin.keys.issued')} onCancel={() => setIssued(null)} footer={<Button type="primary" onClick={() => setIssued(null)}>{t('form.close')}</Button>}>
          <p className="soft">{t('admin.keys.onceHint')}</p>
          <Typography.Paragraph copyable code>{issued.key}</Typography.Paragraph>
        </Modal>
      ) : null}
    </Panel>
  );
}

function IssueForm({ close, onDone }: { close: () => void; onDone: (issued: Issued) => void }) {
  const { t } = useTranslation();
  const units = useQuery(orgQuery);
  const required = [{ required: true, message: t('form.required') }];
  return (
    <FormDialog<{ name: string; role: Role; org: string }, Issued>
      open
      close={close}
      title={t('admin.keys.issue')}
      submit={t('admin.keys.issue')}
      fields={['name', 'role', 'org']}
      initial={{ role: 'dealer' }}
      refreshes={[['api-keys']]}
      onDone={onDone}
      send={(typed, key) => body(api.POST('/api/api-keys', { headers: once(key), body: typed }))}
    >
      <Form.Item name="name" label={t('admin.keys.name')} rules={required}><Input maxLength={100} /></Form.Item>
      <Form.Item name="role" label={t('admin.people.roles')} rules={required}>
        <Select options={(['dealer', 'operations', 'finance', 'auditor'] as const).map((value) => ({ value, label: t(`role.${value}`) }))} />
      </Form.Item>
      <Form.Item name="org" label={t('admin.people.org')} rules={required}>
        <Select loading={units.isPending} options={(units.data ?? []).map((unit) => ({ value: unit.path, label: `${unit.name} ${unit.path}` }))} />
      </Form.Item>
    </FormDialog>
  );
}
