import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';

import { api, body, once } from '../../api/client';
import { useWrite } from '../../api/useWrite';
import { hasRole, useMe } from '../../app/session';
import { say } from '../../ui/States';
import type { Review } from './query';

interface Props {
  review: Review;
  track: string | null | undefined;
  point: string;
}

/** Makes what was said well an example of the key point; only of answers that were passed. */
export function PromoteExample({ review, track, point }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const coach = hasRole(useMe(), ['sales_coach']);
  const write = useWrite({
    send: (id: string, key) => body(api.POST('/api/talk-tracks/{id}/examples', { params: { path: { id } }, headers: once(key), body: { review_id: review.id, point } })),
    refreshes: [['talk-tracks']],
  });
  if (!coach || !track || review.decision !== 'passed') return null;
  if (write.isSuccess) return <span className="good">{t('talkTracks.examples.promoted')}</span>;
  const promote = () => write.mutate(track, { onError: (problem) => void message.error(say(problem, t('state.failedHint'))) });
  return <Button size="small" loading={write.isPending} onClick={promote}>{t('talkTracks.examples.promote')}</Button>;
}
