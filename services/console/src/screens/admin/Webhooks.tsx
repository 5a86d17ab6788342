import { useQuery } from '@tanstack/react-query';
import { Alert, App, Button, Drawer, Modal, Tag, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { api, body, once } from '../../api/client';
import type { components } from '../../api/schema';
import { useWrite } from '../../api/useWrite';
import { FittingTable } from '../../ui/FittingTable';
import { Panel } from '../../ui/Page';
import { Answer, Empty, say } from '../../ui/States';
import { DeliveryLog } from './DeliveryLog';
import { WebhookForm } from './WebhookForm';

type Webhook = components['schemas']['WebhookView'];
type WithSecret = components['schemas']['WebhookWithSecret'];

export function Webhooks() {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const [editing, setEditing] = useState<Webhook | 'new' | null>(null);
  const [made, setMade] = useState<WithSecret | null>(null);
  const [log, setLog] = useState<Webhook | null>(null);
  const webhooks = useQuery({ queryKey: ['webhooks'], meta: { follows: ['webhook'] }, queryFn: () => body(api.GET('/api/webhooks')) });
  const remove = useWrite({
    send: (id: string, key) => body(api.DELETE('/api/webhooks/{id}', { params: { path: { id } }, headers: once(key) })),
    refreshes: [['webhooks']],
  });
  const rotate = useWrite({
    send: (id: string, key) => body(api.POST('/api/webhooks/{id}/rotate-secret', { params: { path: { id } }, headers: once(key) })),
    refreshes: [['webhooks']],
    onDone: (answer) => setMade(answer),
  });
  const refused = remove.error ?? rotate.error;
  const askRemove = ({ id, url }: Webhook) =>
    modal.confirm({ title: t('admin.webhooks.removeAsk', { url }), content: t('admin.webhooks.removeHint'), okText: t('admin.org.remove'), okButtonProps: { danger: true }, cancelText: t('form.cancel'), onOk: () => remove.mutate(id) });
  const askRotate = ({ id }: Webhook) =>
    modal.confirm({ title: t('admin.webhooks.rotateAsk'), content: t('admin.webhooks.rotateHint'), okText: t('admin.webhooks.rotate'), cancelText: t('form.cancel'), onOk: () => rotate.mutate(id) });
  return (
    <Panel flush title={t('admin.webhooks.title')} extra={<Button type="primary" size="small" onClick={() => setEditing('new')}>{t('admin.webhooks.add')}</Button>}>
      {refused ? <Alert type="error" showIcon closable title={say(refused, t('state.failedHint'))} /> : null}
      <Answer of={webhooks} isEmpty={(list) => list.length === 0} empty={<Empty title={t('admin.webhooks.none')} hint={t('admin.webhooks.noneHint')} />}>
        {(list) => (
          <FittingTable<Webhook>
            size="middle"
            rowKey="id"
            dataSource={list}
            columns={[
              { title: t('admin.webhooks.url'), dataIndex: 'url', width: 300, narrow: 230, render: (url: string, webhook) => <div className="stack tight"><span>{url}</span><span className="soft">{webhook.description}</span></div> },
              { title: t('admin.webhooks.events'), dataIndex: 'event_types', width: 220, render: (types: string[]) => <span className="row">{types.map((type) => <Tag key={type}>{type}</Tag>)}</span> },
              { title: t('collections.state.label'), dataIndex: 'enabled', width: 90, narrow: 96, render: (enabled: boolean) => <Tag color={enabled ? 'green' : 'default'}>{enabled ? t('admin.people.active') : t('admin.people.inactive')}</Tag> },
              {
                title: t('admin.doings'),
                width: 330,
                render: (_: unknown, webhook) => (
                  <span className="row">
                    <Button size="small" onClick={() => setLog(webhook)}>{t('admin.webhooks.log')}</Button>
                    <Button size="small" onClick={() => setEditing(webhook)}>{t('form.edit')}</Button>
                    <Button size="small" onClick={() => askRotate(webhook)}>{t('admin.webhooks.rotate')}</Button>
                    <Button size="small" danger onClick={() => askRemove(webhook)}>{t('admin.org.remove')}</Button>
                  </span>
                ),
              },
            ]}
          />
        )}
      </Answer>
      {editing ? <WebhookForm webhook={editing === 'new' ? null : editing} close={() => setEditing(null)} onMade={setMade} /> : null}
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
