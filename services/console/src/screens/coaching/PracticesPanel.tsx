import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Button, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import type { Me } from '../../app/session';
import { Panel } from '../../ui/Page';
import { PersonName } from '../../ui/PersonName';
import { Answer, Empty } from '../../ui/States';
import { Day, Moment } from '../../ui/Values';
import { PracticeDoneForm } from './RecordedForm';
import { type Practice, practicesQuery, reviewQuery } from './query';

/** What is to be said again: a rep's own, or that of the people somebody looks after. */
export function PracticesPanel({ me }: { me: Me }) {
  const { t } = useTranslation();
  const practices = useInfiniteQuery(practicesQuery);
  const all = practices.data?.pages.flatMap((page) => page.items);
  return (
    <Panel flush title={t('coaching.practice.title')}>
      <Answer of={{ ...practices, data: all }} rows={3} isEmpty={(list) => list.length === 0} empty={<Empty title={t('coaching.practice.none')} />}>
        {(list) => (
          <>
            <div role="list">{list.map((practice) => <Line key={practice.id} practice={practice} mine={practice.rep_id === me.id} />)}</div>
            {practices.hasNextPage ? <div className="row" style={{ padding: 12 }}><Button size="small" loading={practices.isFetchingNextPage} onClick={() => void practices.fetchNextPage()}>{t('state.more')}</Button></div> : null}
          </>
        )}
      </Answer>
    </Panel>
  );
}

function Line({ practice, mine }: { practice: Practice; mine: boolean }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  // The objection it is about: a practice without a note would say nothing.
  const review = useQuery({ ...reviewQuery(practice.review_id), staleTime: 5 * 60_000 });
  const done = practice.state === 'done';
  return (
    <div className="item" role="listitem">
      <div className="grow">
        <div className="row">
          <Tag variant="filled" color={done ? 'green' : 'blue'}>{t(`coaching.practice.state.${practice.state}`)}</Tag>
          {mine ? null : <PersonName id={practice.rep_id} />}
          <span className="soft">{done ? <Moment at={practice.done_at} /> : <>{t('coaching.practice.due')} <Day on={practice.due} /></>}</span>
        </div>
        {review.data ? <p className="strong">{review.data.objection}</p> : null}
        {practice.note ? <p>{practice.note}</p> : null}
        <Link to={`/coaching/${practice.review_id}`}>{t('coaching.practice.review')}</Link>
      </div>
      {!done && mine ? <Button size="small" type="primary" onClick={() => setOpen(true)}>{t('coaching.practice.do')}</Button> : null}
      {open ? <PracticeDoneForm practice={practice} close={() => setOpen(false)} /> : null}
    </div>
  );
}
