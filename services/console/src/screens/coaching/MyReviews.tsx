import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import type { Me } from '../../app/session';
import { Panel } from '../../ui/Page';
import { Answer, Empty } from '../../ui/States';
import { Moment } from '../../ui/Values';
import { OutcomeTag, ReviewStateTag } from './OutcomeTag';
import { AnswerForm } from './RecordedForm';
import { type Review, reviewsQuery } from './query';

/** Objections that a rep is to answer, and what became of the answers. */
export function MyReviews({ me }: { me: Me }) {
  const { t } = useTranslation();
  const reviews = useInfiniteQuery(reviewsQuery({ rep_id: me.id }));
  const all = reviews.data?.pages.flatMap((page) => page.items);
  return (
    <Panel flush title={t('coaching.mine.title')}>
      <Answer of={{ ...reviews, data: all }} rows={5} isEmpty={(list) => list.length === 0} empty={<Empty title={t('coaching.mine.none')} hint={t('coaching.mine.noneHint')} />}>
        {(list) => (
          <>
            <div role="list">{list.map((review) => <Line key={review.id} review={review} />)}</div>
            {reviews.hasNextPage ? <div className="row" style={{ padding: 12 }}><Button size="small" loading={reviews.isFetchingNextPage} onClick={() => void reviews.fetchNextPage()}>{t('state.more')}</Button></div> : null}
          </>
        )}
      </Answer>
    </Panel>
  );
}

function Line({ review }: { review: Review }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const waits = review.state === 'waiting_answer';
  return (
    <div className="item" role="listitem">
      <div className="grow">
        <div className="row">
          <ReviewStateTag review={review} />
          {waits ? null : <OutcomeTag outcome={review.outcome} />}
          <span className="soft"><Moment at={review.drawn_at} /></span>
        </div>
        <p className="strong">{waits ? review.objection : <Link to={`/coaching/${review.id}`}>{review.objection}</Link>}</p>
        {review.comment ? <p className="soft">{review.comment}</p> : null}
      </div>
      {waits ? <Button size="small" type="primary" onClick={() => setOpen(true)}>{t('coaching.mine.answer')}</Button> : null}
      {open ? <AnswerForm review={review} close={() => setOpen(false)} /> : null}
    </div>
  );
}
