import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { hasRole, useMe } from '../../app/session';
import { Panel } from '../../ui/Page';
import { Answer, Empty } from '../../ui/States';
import { Moment } from '../../ui/Values';
import { type Track, examplesQuery } from './query';

/** How reps said the key points well. */
export function Examples({ track }: { track: Track }) {
  const { t } = useTranslation();
  const listens = hasRole(useMe(), ['sales_coach']);
  return (
    <Panel flush title={t('talkTracks.examples.title')}>
      <Answer of={useQuery(examplesQuery(track.id))} rows={3} isEmpty={(list) => list.length === 0} empty={<Empty title={t('talkTracks.examples.none')} hint={t('talkTracks.examples.noneHint')} />}>
        {(list) => (
          <div role="list">
            {list.map((example) => (
              <div className="item" role="listitem" key={example.id}>
                <div className="grow">
                  <span className="soft">{track.points.find(({ id }) => id === example.point)?.text ?? t('coaching.score.pointGone')}</span>
                  <p>{example.text ?? t('talkTracks.examples.wordsGone')}</p>
                  <span className="row soft"><Moment at={example.added_at} />{listens ? <Link to={`/coaching/${example.review_id}`}>{t('talkTracks.examples.listen')}</Link> : null}</span>
                </div>
              </div>
            ))}
          </div>
        )}
      </Answer>
    </Panel>
  );
}
