import { useInfiniteQuery } from '@tanstack/react-query';
import { Badge, Button } from 'antd';
import { useTranslation } from 'react-i18next';

import { api, body, once } from '../../api/client';
import type { components } from '../../api/schema';
import { useWrite } from '../../api/useWrite';
import { bilingual } from '../../ui/bilingual';
import { Panel } from '../../ui/Page';
import { Answer, Empty } from '../../ui/States';
import { Moment } from '../../ui/Values';

type Notification = components['schemas']['NotificationView'];

/** Messages that are not acknowledged yet. */
export function Inbox() {
  const { t } = useTranslation();
  const inbox = useInfiniteQuery({
    queryKey: ['notifications', 'unread'],
    meta: { follows: ['notification'] },
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      body(api.GET('/api/notifications', { params: { query: { unread: true, limit: 20, ...(pageParam ? { cursor: pageParam } : {}) } } })),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
  const items = inbox.data?.pages.flatMap((page) => page.items);
  return (
    <Panel flush title={<>{t('home.inbox')} <Badge count={items?.length ?? 0} overflowCount={inbox.hasNextPage ? 19 : 99} color="#1f4ed8" /></>}>
      <Answer of={{ ...inbox, data: items }} isEmpty={(list) => list.length === 0} empty={<Empty title={t('home.inboxEmpty')} />}>
        {(list) => (
          <div role="list">
            {list.map((notification) => <Message key={notification.id} notification={notification} />)}
            {inbox.hasNextPage ? (
              <div className="row" style={{ padding: 12, justifyContent: 'center' }}>
                <Button size="small" loading={inbox.isFetchingNextPage} onClick={() => void inbox.fetchNextPage()}>{t('state.more')}</Button>
              </div>
            ) : null}
          </div>
        )}
      </Answer>
    </Panel>
  );
}

function Message({ notification }: { notification: Notification }) {
  const { t } = useTranslation();
  const acknowledge = useWrite({
    send: (id: string, key) => body(api.POST('/api/notifications/{id}/acknowledge', { params: { path: { id } }, headers: once(key) })),
    refreshes: [['notifications']],
  });
  return (
    <div className="item" role="listitem">
      <span className={notification.urgent ? 'dot red' : 'dot blue'} aria-hidden="true" />
      <div className="grow">
        <div className="row spread top">
          <span className="strong grow">{bilingual(notification.title)}</span>
          <span className="soft"><Moment at={notification.created_at} /></span>
        </div>
        <p className="soft said">{bilingual(notification.body)}</p>
      </div>
      <Button size="small" type="text" loading={acknowledge.isPending} onClick={() => acknowledge.mutate(notification.id)}>{t('home.acknowledge')}</Button>
    </div>
  );
}
