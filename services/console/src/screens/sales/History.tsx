import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Timeline } from 'antd';
import { useTranslation } from 'react-i18next';

import type { components } from '../../api/schema';
import { Panel } from '../../ui/Page';
import { PersonName } from '../../ui/PersonName';
import { Answer, Empty } from '../../ui/States';
import { Moment } from '../../ui/Values';
import { eventName } from './eventName';
import { timelineQuery } from './query';

type Entry = components['schemas']['TimelineEntry'];

/** What happened over all services, newest first. */
export function History({ about }: { about: { customer_id: string } | { opportunity_id: string } }) {
  const { t } = useTranslation();
  const timeline = useInfiniteQuery(timelineQuery(about));
  const entries = timeline.data?.pages.flatMap((page) => page.items);
  return (
    <Panel title={t('sales.history.title')}>
      <Answer of={{ ...timeline, data: entries }} isEmpty={(list) => list.length === 0} empty={<Empty title={t('sales.history.none')} />}>
        {(list) => (
          <>
            <Timeline items={list.map((entry) => ({ key: entry.event_id, content: <Line entry={entry} /> }))} />
            {timeline.hasNextPage ? (
              <Button size="small" loading={timeline.isFetchingNextPage} onClick={() => void timeline.fetchNextPage()}>{t('state.more')}</Button>
            ) : null}
          </>
        )}
      </Answer>
    </Panel>
  );
}

function Line({ entry }: { entry: Entry }) {
  const { t } = useTranslation();
  const system = entry.actor_role === 'service';
  return (
    <div className="stack tight">
      <div className="row spread">
        <span>{eventName(entry.event_type, t)}</span>
        <span className="soft"><Moment at={entry.at} /></span>
      </div>
      <span className="soft">{system ? t('person.system') : <PersonName id={entry.actor_id} />}</span>
    </div>
  );
}
