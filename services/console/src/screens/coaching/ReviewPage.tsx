import { useQuery } from '@tanstack/react-query';
import { Button, type InputRef } from 'antd';
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';

import { hasRole, useMe } from '../../app/session';
import { PageHead } from '../../ui/Page';
import { PersonName } from '../../ui/PersonName';
import { Answer } from '../../ui/States';
import { Moment } from '../../ui/Values';
import { customerQuery } from '../sales/query';
import { CommentsPanel } from './CommentsPanel';
import { DecidePanel } from './DecidePanel';
import { HelpDialog } from './HelpDialog';
import { Listening } from './Listening';
import { OverrideForm } from './OverrideForm';
import { ScorePanel } from './ScorePanel';
import { matchedPoints } from './points';
import { type Review, commentsQuery, matchedWordsQuery, queueQuery, recordingQuery, reviewQuery, scoreQuery, transcriptQuery } from './query';
import { stepFrom } from './sentence';
import { useShortcuts } from './shortcut';
import { usePlayback } from './usePlayback';
import './coaching.css';

export function ReviewPage() {
  const { id = '' } = useParams();
  return <Answer of={useQuery(reviewQuery(id))} rows={10}>{(review) => <Found key={review.id} review={review} />}</Answer>;
}

/** The review after this one: the next in the queue, or the first that is another. */
function useNext(id: string, coach: boolean): (() => void) | null {
  const navigate = useNavigate();
  const queue = useQuery({ ...queueQuery(), enabled: coach });
  const others = queue.data ?? [];
  const place = others.findIndex((review) => review.id === id);
  const next = others[place + 1] ?? others.find((review) => review.id !== id);
  return next && next.id !== id ? () => void navigate(`/coaching/${next.id}`) : null;
}

function Found({ review }: { review: Review }) {
  const { t } = useTranslation();
  const coach = hasRole(useMe(), ['sales_coach']);
  const recording = useQuery({ ...recordingQuery(review.recording_id ?? ''), enabled: Boolean(review.recording_id) });
  const transcript = useQuery({ ...transcriptQuery(review.recording_id ?? ''), enabled: Boolean(review.recording_id) });
  const score = useQuery({ ...scoreQuery(review.id), enabled: review.state !== 'waiting_answer' });
  const comments = useQuery(commentsQuery(review.id)).data ?? [];
  const words = useQuery(matchedWordsQuery(score.data?.talk_track_id));
  const stored = recording.data?.state === 'stored' ? recording.data : undefined;
  const playback = usePlayback(stored);
  const next = useNext(review.id, coach);
  const [help, setHelp] = useState(false);
  const [chosen, setChosen] = useState<{ percent: number } | null>(null);
  const decide = useRef<HTMLButtonElement>(null);
  const comment = useRef<InputRef>(null);
  const sentences = transcript.data?.sentences ?? [];
  const points = useMemo(() => matchedPoints(score.data, words.data), [score.data, words.data]);
  const nameOf = (id: string) => points.find((point) => point.id === id)?.text ?? t('coaching.score.pointGone');
  const jumpTo = (number: number) => {
    const sentence = sentences.find((one) => one.number === number);
    if (sentence) playback.seek(sentence.start_ms, true);
  };
  const step = (by: -1 | 1) => {
    const to = stepFrom(sentences, playback.atMs, by);
    if (to) playback.seek(to.start_ms);
  };
  useShortcuts((shortcut) => {
    switch (shortcut.does) {
      case 'play': return playback.toggle();
      case 'back': return step(-1);
      case 'forward': return step(1);
      case 'score': return coach ? setChosen({ percent: shortcut.percent }) : undefined;
      case 'decide': return decide.current?.focus();
      case 'comment': return comment.current?.focus();
      case 'next': return next?.();
      case 'help': return setHelp(true);
    }
  }, !help);
  return (
    <>
      <PageHead
        title={review.objection}
        hint={<Hint review={review} coach={coach} />}
        extra={<Button className="desk-only" onClick={() => setHelp(true)}>{t('coaching.keys.title')} <kbd>?</kbd></Button>}
      />
      <div className="columns review">
        <div className="stack">
          <Listening review={review} recording={recording} transcript={transcript} score={score.data ?? null} comments={comments} playback={playback} nameOf={nameOf} coach={coach} />
          <CommentsPanel review={review} comments={comments} atMs={playback.atMs} seek={(ms) => playback.seek(ms, true)} may={coach} input={comment} />
        </div>
        <div className="stack">
          <DecidePanel review={review} may={coach} next={next} button={decide} />
          <ScorePanel review={review} score={score.data ?? null} nameOf={nameOf} jump={jumpTo} />
          {coach && review.state !== 'waiting_answer' && !score.isPending ? <OverrideForm review={review} score={score.data ?? null} chosen={chosen} nameOf={nameOf} /> : null}
        </div>
      </div>
      <HelpDialog open={help} close={() => setHelp(false)} />
    </>
  );
}

function Hint({ review, coach }: { review: Review; coach: boolean }) {
  const { t } = useTranslation();
  // Coaches look after people, not customers.
  const customer = useQuery({ ...customerQuery(review.customer_id), enabled: !coach });
  return (
    <span className="row">
      <Link to="/coaching">{t('nav.coaching')}</Link>
      <span>·</span>
      <PersonName id={review.rep_id} />
      {customer.data ? <><span>·</span><span>{customer.data.company}</span></> : null}
      {review.answered_at ? <><span>·</span><Moment at={review.answered_at} /></> : null}
    </span>
  );
}
