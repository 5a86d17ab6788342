import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Button, Drawer, Form, Input, Modal, Select, Table, Tag, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { api, body, once } from '../../api/client';
import type { components } from '../../api/schema';
import { useWrite } from '../../api/useWrite';
import { FormDialog } from '../../ui/FormDialog';
import { ListTable } from '../../ui/ListTable';
import { Panel } from '../../ui/Page';
import { Answer, Empty } from '../../ui/States';
import { Moment } from '../../ui/Values';

type Webhook = components['schemas']['WebhookView'];
type WithSecret = components['schemas']['WebhookWithSecret'];

export function Webhooks() {
  const { t } = useTranslation();
  const [adding, setAdding] = useState(false);
  const [made, setMade] = useState<WithSecret | null>(null);
  const [log, setLog] = useState<Webhook | null>(null);
  const webhooks = useQuery({ queryKey: ['webhooks'], meta: { follows: ['webhook'] }, queryFn: () => body(api.GET('/api/webhooks')) });
  return (
    <Panel flush title={t('admin.webhooks.title')} extra={<Button type="primary" size="small" onClick={() => setAdding(true)}>{t('admin.webhooks.add')}</Button>}>
      <Answer of={webhooks} isEmpty={(list) => list.length === 0} empty={<Empty title={t('admin.webhooks.none')} hint={t('admin.webhooks.noneHint')} />}>
        {(list) => (
          <Table<Webhook>
            size="middle"
            rowKey="id"
            pagination={false}
            dataSource={list}
            scroll={{ x: 'max-content' }}
            columns={[
              { title: t('admin.webhooks.url'), dataIndex: 'url', render: (url: string, webhook) => <div className="stack tight"><span>{url}</span><span className="soft">{webhook.description}</span></div> },
              { title: t('admin.webhooks.events'), dataIndex: 'event_types', render: (types: string[]) => <span className="row">{types.map((type) => <Tag key={type}>{type}</Tag>)}</span> },
              { title: t('collections.state.label'), dataIndex: 'enabled', render: (enabled: boolean) => <Tag color={enabled ? 'green' : 'default'}>{enabled ? t('admin.people.active') : t('admin.people.inactive')}</Tag> },
              { title: t('admin.webhooks.log'), render: (_: unknown, webhook) => <Button size="small" onClick={() => setLog(webhook)}>{t('admin.webhooks.showLog')}</Button> },
            ]}
          />
        )}
      </Answer>
      {adding ? <WebhookForm close={() => setAdding(false)} onDone={setMade} /> : null}
      {made ? (
        <Modal open title={t('admin.webhooks.secret')} onCancel={() => setMade(null)} footer={<Button type="primary" onClick={() => setMade(null)}>{t('form.close')}</Button>}>
          <p className="soft">{t('admin.keys.onceHint')}</p>
          <Typography.Paragraph copyable code>{made.secret}</Typography.Paragraph>
        </Modal>
      ) : null}
      <Drawer open={log !== null} onClose={() => setLog(null)} size={760} title={log?.url ?? ' '}>{log ? <DeliveryLog webhook={log} /> : null}</Drawer>
    </Panel>
  );
}

function WebhookForm({ close, onDone }: { close: () => void; onDone: (made: WithSecret) => void }) {
  const { t } = useTranslation();
  return (
    <FormDialog<{ url: string; description: string; event_types: string[] }, WithSecret>
      open
      close={close}
      title={t('admin.webhooks.add')}
      fields={['url', 'description', 'event_types']}
      initial={{ event_types: ['lead.*'], description: '' }}
      refreshes={[['webhooks']]}
      onDone={onDone}
      send={(typed, key) => body(api.POST('/api/webhooks', { headers: once(key), body: { ...typed, enabled: true } }))}
    >
      <Form.Item name="url" label={t('admin.webhooks.url')} rules={[{ required: true, message: t('form.required') }]}><Input inputMode="url" placeholder="https://" /></Form.Item>
      <Form.Item name="description" label={t('admin.webhooks.description')}><Input maxLength={200} /></Form.Item>
      <Form.Item name="event_types" label={t('admin.webhooks.events')} extra={t('admin.webhooks.eventsHint')} rules={[{ required: true, message: t('form.required') }]}>
        <Select mode="tags" open={false} suffixIcon={null} />
      </Form.Item>
    </FormDialog>
  );
}

/** What was sent to a webhook, what it answered, and what can be sent again. */
function DeliveryLog({ webhook }: { webhook: Webhook }) {
  const { t } = useTranslation();
  const deliveries = useInfiniteQuery({
    queryKey: ['webhooks', webhook.id, 'deliveries'],
    meta: { follows: ['webhook', 'notification'] },
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      body(api.GET('/api/webhooks/{id}/deliveries', { params: { path: { id: webhook.id }, query: { limit: 50, ...(pageParam ? { cursor: pageParam } : {}) } } })),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
  const replay = useWrite({
    send: (delivery: string, key) =>
      body(api.POST('/api/webhooks/{id}/deliveries/{delivery}/replay', { params: { path: { id: webhook.id, delivery } }, headers: once(key) })),
    refreshes: [['webhooks', webhook.id]],
  });
  return (
    <ListTable
      query={deliveries}
      rowKey="id"
      empty={<Empty title={t('admin.webhooks.logNone')} />}
      columns={[
        { title: t('admin.webhooks.event'), dataIndex: 'cause_type' },
        { title: t('collections.state.label'), dataIndex: 'state', render: (state: string) => <Tag color={state === 'dead' ? 'red' : state === 'sent' ? 'green' : 'default'}>{t(`admin.webhooks.state.${state}`, { defaultValue: state })}</Tag> },
        { title: t('admin.webhooks.attempts'), dataIndex: 'attempts', align: 'end' },
        { title: t('admin.webhooks.error'), dataIndex: 'last_error', ellipsis: true, width: 180, render: (text: string | null) => text ?? '—' },
        { title: t('admin.webhooks.at'), dataIndex: 'created_at', render: (at: string) => <Moment at={at} /> },
        { title: ' ', render: (_: unknown, delivery) => (delivery.state === 'dead' ? <Button size="small" onClick={() => replay.mutate(delivery.id)}>{t('admin.webhooks.replay')}</Button> : null) },
      ]}
    />
  );
}
