import { useQuery } from '@tanstack/react-query';
import { Button, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';

import { hasRole, useMe } from '../../app/session';
import { FittingTable } from '../../ui/FittingTable';
import { Panel } from '../../ui/Page';
import { PersonName } from '../../ui/PersonName';
import { Answer, Empty } from '../../ui/States';
import { Moment } from '../../ui/Values';
import { OutcomeTag } from './OutcomeTag';
import { type Outcome, type Review, queueQuery } from './query';

const OUTCOMES = ['needs_coaching', 'needs_human', 'good'] as const;
type Wanted = Outcome | 'all';

/** Answers that wait, who needs a coach most first. */
export function QueuePanel() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const coach = hasRole(useMe(), ['sales_coach']);
  const [wanted, setWanted] = useState<Wanted>('all');
  const queue = useQuery(queueQuery(wanted === 'all' ? undefined : wanted));
  const first = queue.data?.[0];
  return (
    <Panel
      flush
      title={t('coaching.queue.title')}
      extra={
        <div className="row">
          <Segmented<Wanted> size="small" aria-label={t('coaching.queue.filter')} value={wanted} onChange={setWanted} options={[{ value: 'all' as Wanted, label: t('home.all') }, ...OUTCOMES.map((value) => ({ value: value as Wanted, label: t(`coaching.outcome.${value}`) }))]} />
          {coach && first ? <Button type="primary" size="small" onClick={() => void navigate(`/coaching/${first.id}`)}>{t('coaching.queue.start')}</Button> : null}
        </div>
      }
    >
      <Answer of={queue} rows={6} isEmpty={(list) => list.length === 0} empty={<Empty title={t('coaching.queue.none')} hint={t('coaching.queue.noneHint')} />}>
        {(list) => <ReviewTable reviews={list} />}
      </Answer>
    </Panel>
  );
}

/** Reviews line by line, in the order they come. */
export function ReviewTable({ reviews }: { reviews: readonly Review[] }) {
  const { t } = useTranslation();
  return (
    <FittingTable<Review>
      size="middle"
      rowKey="id"
      dataSource={[...reviews]}
      columns={[
        { title: t('coaching.column.objection'), dataIndex: 'objection', width: 300, narrow: 196, ellipsis: true, render: (objection: string, review) => <Link to={`/coaching/${review.id}`}>{objection}</Link> },
        { title: t('coaching.column.rep'), dataIndex: 'rep_id', width: 90, render: (id: string) => <PersonName id={id} /> },
        { title: t('coaching.column.outcome'), dataIndex: 'outcome', width: 100, narrow: 96, render: (outcome: Outcome | null) => <OutcomeTag outcome={outcome} /> },
        { title: t('coaching.column.percent'), dataIndex: 'percent', width: 70, narrow: 68, align: 'end', render: (percent: number | null) => <span className="num">{percent ?? '—'}</span> },
        { title: t('coaching.column.answered'), dataIndex: 'answered_at', width: 120, render: (at: string | null) => <Moment at={at} /> },
      ]}
    />
  );
}
