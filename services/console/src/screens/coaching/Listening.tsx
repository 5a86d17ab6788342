import type { UseQueryResult } from '@tanstack/react-query';
import { Alert, Button, Progress } from 'antd';
import { useTranslation } from 'react-i18next';

import { api, body, once } from '../../api/client';
import type { components } from '../../api/schema';
import { useWrite } from '../../api/useWrite';
import { Panel } from '../../ui/Page';
import { Answer, Empty, say } from '../../ui/States';
import { Player } from './Player';
import { TranscriptList } from './TranscriptList';
import type { Comment, Review, Score, Transcript } from './query';
import { marksOf } from './sentence';
import type { Playback } from './usePlayback';

type Recording = components['schemas']['RecordingView'];

interface Props {
  review: Review;
  recording: UseQueryResult<Recording>;
  transcript: UseQueryResult<Transcript | null>;
  score: Score | null;
  comments: readonly Comment[];
  playback: Playback;
  nameOf: (point: string) => string;
  coach: boolean;
}

/** The answer: what was typed, what was said, and what was heard of it. */
export function Listening({ review, recording, transcript, score, comments, playback, nameOf, coach }: Props) {
  const { t } = useTranslation();
  if (!review.recording_id) return <Panel title={t('coaching.answer')}><Empty title={t('coaching.state.waiting_answer')} /></Panel>;
  return (
    <Panel title={t('coaching.answer')} extra={<span className="soft">{t('coaching.player.journalled')}</span>}>
      <div className="stack">
        {review.answer ? <div className="stack tight"><span className="soft">{t('coaching.typed')}</span><blockquote className="typed">{review.answer}</blockquote></div> : null}
        <Answer of={recording} rows={2}>
          {(found) => found.state === 'stored' ? <Player playback={playback} seconds={found.seconds} comments={comments} /> : <Alert type="info" showIcon title={t(`coaching.recordingState.${found.state}`)} />}
        </Answer>
        <Answer of={transcript} rows={3}>
          {(found) => <Heard transcript={found} score={score} playback={playback} nameOf={nameOf} coach={coach} />}
        </Answer>
      </div>
    </Panel>
  );
}

interface HeardProps extends Pick<Props, 'score' | 'playback' | 'nameOf' | 'coach'> {
  transcript: Transcript | null;
}

function Heard({ transcript, score, playback, nameOf, coach }: HeardProps) {
  const { t } = useTranslation();
  if (transcript === null) return <Empty title={t('coaching.transcript.none')} />;
  if (transcript.state === 'failed') return <FailedTranscript transcript={transcript} coach={coach} />;
  return (
    <>
      {transcript.state === 'waiting' || transcript.state === 'working' ? <span className="row soft" role="status">{t('coaching.transcript.working')} <Progress percent={transcript.percent} size="small" style={{ width: 160 }} aria-label={t('coaching.transcript.working')} /></span> : null}
      {transcript.doubtful > 0 ? <span className="soft">{t('coaching.transcript.someDoubtful', { count: transcript.doubtful, of: transcript.sentences.length })}</span> : null}
      {transcript.silent ? <Alert type="info" showIcon title={t('coaching.reason.silent')} /> : null}
      {transcript.truncated ? <Alert type="warning" showIcon title={t('coaching.reason.truncated')} /> : null}
      {transcript.sentences.length > 0 ? (
        <TranscriptList sentences={transcript.sentences} marks={marksOf(score)} atMs={playback.atMs} nameOf={nameOf} jump={(sentence) => playback.seek(sentence.start_ms, true)} />
      ) : null}
    </>
  );
}

function FailedTranscript({ transcript, coach }: { transcript: Transcript; coach: boolean }) {
  const { t } = useTranslation();
  const retry = useWrite({
    send: (id: string, key) => body(api.POST('/api/recordings/{id}/transcript/retry', { params: { path: { id } }, headers: once(key) })),
    refreshes: [['recordings']],
  });
  return (
    <Alert
      type="warning"
      showIcon
      title={t('coaching.transcript.failed')}
      description={retry.error ? say(retry.error, t('state.failedHint')) : t(`coaching.transcript.why.${transcript.reason}`, { defaultValue: t('coaching.transcript.why.other') })}
      action={coach ? <Button size="small" loading={retry.isPending} onClick={() => retry.mutate(transcript.recording_id)}>{t('coaching.transcript.retry')}</Button> : undefined}
    />
  );
}
