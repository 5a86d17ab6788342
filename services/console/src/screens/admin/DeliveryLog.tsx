import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Tag } from 'antd';
import { useTranslation } from 'react-i18next';

import { api, body, once } from '../../api/client';
import type { components } from '../../api/schema';
import { useWrite } from '../../api/useWrite';
import { ListTable } from '../../ui/ListTable';
import { Empty } from '../../ui/States';
import { Moment } from '../../ui/Values';
import { eventName } from '../sales/eventName';
import { AttemptCount } from './AttemptCount';

type Webhook = components['schemas']['WebhookView'];

const SOON_MS = 2_000;
const isUnderWay = ({ state }: { state: string }) => state === 'queued' || state === 'sending';

/** What was sent to a webhook, what it answered, and what can be sent again. */
export function DeliveryLog({ webhook }: { webhook: Webhook }) {
  const { t } = useTranslation();
  const deliveries = useInfiniteQuery({
    queryKey: ['webhooks', webhook.id, 'deliveries'],
    meta: { follows: ['webhook', 'notification'] },
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      body(api.GET('/api/webhooks/{id}/deliveries', { params: { path: { id: webhook.id }, query: { limit: 50, ...(pageParam ? { cursor: pageParam } : {}) } } })),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    // An attempt that fails changes no record that others are told of.
    refetchInterval: ({ state }) => (state.data?.pages.some(({ items }) => items.some(isUnderWay)) ? SOON_MS : false),
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
      expandable={{ rowExpandable: ({ log }) => log.length > 0, expandedRowRender: ({ log }) => <Attempts log={log} /> }}
      columns={[
        { title: t('admin.webhooks.event'), dataIndex: 'cause_type', narrow: 130, render: (type: string) => eventName(type, t) },
        { title: t('collections.state.label'), dataIndex: 'state', narrow: 100, render: (state: string) => <Tag color={state === 'dead' ? 'red' : state === 'sent' ? 'green' : 'default'}>{t(`admin.webhooks.state.${state}`, { defaultValue: state })}</Tag> },
        { title: t('admin.webhooks.attempts'), dataIndex: 'attempts', width: 90, align: 'end', render: (_: unknown, delivery) => <AttemptCount of={delivery} /> },
        { title: t('admin.webhooks.error'), dataIndex: 'last_error', ellipsis: true, width: 180, render: (text: string | null) => text ?? '—' },
        { title: t('admin.webhooks.at'), dataIndex: 'created_at', render: (at: string) => <Moment at={at} /> },
        { title: t('admin.doings'), render: (_: unknown, delivery) => <Button size="small" loading={replay.isPending && replay.variables === delivery.id} onClick={() => replay.mutate(delivery.id)}>{t('admin.webhooks.replay')}</Button> },
      ]}
    />
  );
}

/** Every attempt with what the endpoint answered. */
function Attempts({ log }: { log: components['schemas']['AttemptView'][] }) {
  const { t } = useTranslation();
  return (
    <ul className="reasons">
      {log.map((attempt) => (
        <li key={attempt.at}>
          <Moment at={attempt.at} /> · {t(`admin.webhooks.outcome.${attempt.outcome}`, { defaultValue: attempt.outcome })}{attempt.status ? ` · HTTP ${attempt.status}` : ''}
          {attempt.excerpt ? <div className="hash">{attempt.excerpt}</div> : null}
        </li>
      ))}
    </ul>
  );
}
