import { useInfiniteQuery } from '@tanstack/react-query';
import { Alert, Button, Select, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { api, body, once } from '../../api/client';
import { useWrite } from '../../api/useWrite';
import { ListTable } from '../../ui/ListTable';
import { Panel } from '../../ui/Page';
import { PersonName } from '../../ui/PersonName';
import { Empty, say } from '../../ui/States';
import { Moment } from '../../ui/Values';
import { Company } from '../sales/Company';
import { eventName } from '../sales/eventName';
import { AttemptCount } from './AttemptCount';

const STATES = ['queued', 'sending', 'sent', 'fell_back', 'dead'] as const;

/** What went out on every channel, and what did not arrive. */
export function Outbox() {
  const { t } = useTranslation();
  const [state, setState] = useState<string | null>(null);
  const messages = useInfiniteQuery({
    queryKey: ['outbox', state],
    meta: { follows: ['notification'] },
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) => body(api.GET('/api/outbox-messages', { params: { query: { limit: 100, ...(state ? { state } : {}), ...(pageParam ? { cursor: pageParam } : {}) } } })),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
  const replay = useWrite({
    send: (id: string, key) => body(api.POST('/api/outbox-messages/{id}/replay', { params: { path: { id } }, headers: once(key) })),
    refreshes: [['outbox']],
  });
  return (
    <Panel flush>
      <div className="filters" role="search">
        <Select allowClear style={{ width: 160 }} aria-label={t('collections.state.label')} placeholder={t('collections.state.label')} value={state} onChange={(value: string | undefined) => setState(value ?? null)} options={STATES.map((value) => ({ value: value as string, label: t(`admin.webhooks.state.${value}`) }))} />
      </div>
      {replay.error ? <Alert type="error" showIcon closable title={say(replay.error, t('state.failedHint'))} /> : null}
      <ListTable
        query={messages}
        rowKey="id"
        empty={<Empty title={t('admin.outbox.none')} />}
        columns={[
          { title: t('admin.outbox.channel'), dataIndex: 'channel', width: 110, narrow: 96, render: (channel: string) => t(`admin.outbox.channels.${channel}`, { defaultValue: channel }) },
          { title: t('admin.outbox.recipient'), dataIndex: 'recipient_id', width: 130, ellipsis: true, render: (id: string | null, row) => <Recipient id={id} kind={row.recipient_kind} /> },
          { title: t('admin.webhooks.event'), dataIndex: 'cause_type', width: 260, narrow: 150, render: (type: string) => eventName(type, t) },
          { title: t('collections.state.label'), dataIndex: 'state', width: 130, narrow: 116, render: (of: string) => <Tag color={of === 'dead' ? 'red' : of === 'sent' ? 'green' : 'default'}>{t(`admin.webhooks.state.${of}`, { defaultValue: of })}</Tag> },
          { title: t('admin.webhooks.attempts'), dataIndex: 'attempts', width: 90, align: 'end', render: (_: unknown, delivery) => <AttemptCount of={delivery} /> },
          { title: t('admin.webhooks.error'), dataIndex: 'last_error', width: 220, ellipsis: true, render: (text: string | null) => text ?? '—' },
          { title: t('admin.webhooks.at'), dataIndex: 'created_at', width: 130, render: (at: string) => <Moment at={at} /> },
          { title: t('admin.doings'), width: 120, render: (_: unknown, message) => (message.state === 'dead' ? <Button size="small" onClick={() => replay.mutate(message.id)}>{t('admin.webhooks.replay')}</Button> : null) },
        ]}
      />
    </Panel>
  );
}

/** A person of the company or a customer's contact; a webhook has neither. */
function Recipient({ id, kind }: { id: string | null | undefined; kind: string | null | undefined }) {
  if (!id) return '—';
  return kind === 'customer' ? <Company id={id} /> : <PersonName id={id} />;
}
