import { CheckCircleFilled, CloseCircleFilled, MinusCircleOutlined, StopFilled } from '@ant-design/icons';
import { Alert } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { Panel } from '../../ui/Page';
import { Empty } from '../../ui/States';
import { OutcomeTag } from './OutcomeTag';
import { PromoteExample } from './PromoteExample';
import type { Review, Score } from './query';

interface Props {
  review: Review;
  score: Score | null;
  nameOf: (point: string) => string;
  /** Goes to a sentence by its number. */
  jump: (sentence: number) => void;
}

/** The score with everything that it rests on; each finding leads to its sentence. */
export function ScorePanel({ review, score, nameOf, jump }: Props) {
  const { t } = useTranslation();
  return (
    <Panel title={t('coaching.score.title')} extra={<span className="row"><OutcomeTag outcome={review.outcome} /><b className="num">{review.percent == null ? '—' : `${review.percent} / 100`}</b></span>}>
      {score === null ? (
        <Empty title={t('coaching.score.none')} hint={t('coaching.score.noneHint')} />
      ) : (
        <div className="stack">
          {score.reasons.length > 0 ? (
            <Alert type="warning" showIcon title={t('coaching.score.human')} description={<ul className="reasons">{score.reasons.map((reason) => <li key={reason}>{t(`coaching.reason.${reason}`, { defaultValue: t('coaching.reason.other') })}</li>)}</ul>} />
          ) : null}
          <Findings review={review} score={score} nameOf={nameOf} jump={jump} />
        </div>
      )}
    </Panel>
  );
}

function Findings({ review, score, nameOf, jump }: Props & { score: Score }) {
  const { t } = useTranslation();
  const nothing = score.covered.length + score.missing.length + score.forbidden.length + score.contradictions.length === 0;
  if (nothing) return <p className="soft">{t('coaching.score.nothing')}</p>;
  return (
    <ul className="findings">
      {score.forbidden.map((one) => (
        <Finding key={`f${one.point}${one.sentence}`} icon={<StopFilled className="danger" />} kind={t('coaching.score.forbidden')} text={nameOf(one.point)} sentences={[one.sentence]} jump={jump} />
      ))}
      {score.contradictions.map((one) => (
        <Finding
          key={`c${one.sentence}${one.said}`}
          icon={<CloseCircleFilled className="danger" />}
          kind={t('coaching.score.contradiction')}
          text={t('coaching.score.saidListed', { said: one.said, listed: one.listed })}
          detail={one.source.of === 'price_list' ? t('coaching.score.fromPriceList', { product: one.source.product || t('coaching.score.everyProduct') }) : t('coaching.score.fromPoint', { point: nameOf(one.source.point) })}
          sentences={[one.sentence]}
          jump={jump}
        />
      ))}
      {score.missing.map((one) => (
        <Finding key={`m${one.point}`} icon={<MinusCircleOutlined className={one.must_say ? 'danger' : 'soft'} />} kind={one.must_say ? t('coaching.score.missing') : t('coaching.score.missingNice')} text={nameOf(one.point)} sentences={one.nearest} nearest jump={jump} />
      ))}
      {score.covered.map((one) => (
        <Finding key={`k${one.point}`} icon={<CheckCircleFilled className="good" />} kind={t('coaching.score.covered')} text={nameOf(one.point)} sentences={one.sentences} jump={jump}>
          <PromoteExample review={review} track={score.talk_track_id} point={one.point} />
        </Finding>
      ))}
    </ul>
  );
}

interface FindingProps {
  icon: ReactNode;
  kind: string;
  text: string;
  detail?: string;
  sentences: readonly number[];
  /** The sentences do not say it, they only come closest. */
  nearest?: boolean;
  jump: (sentence: number) => void;
  children?: ReactNode;
}

function Finding({ icon, kind, text, detail, sentences, nearest = false, jump, children }: FindingProps) {
  const { t } = useTranslation();
  return (
    <li>
      <span aria-hidden="true">{icon}</span>
      <div className="grow">
        <span className="soft">{kind}</span>
        <p>{text}</p>
        {detail ? <p className="soft">{detail}</p> : null}
        <span className="row">
          {nearest && sentences.length > 0 ? <span className="soft">{t('coaching.score.nearest')}</span> : null}
          {sentences.map((sentence) => (
            <button key={sentence} type="button" className="link" onClick={() => jump(sentence)}>{t('coaching.score.sentence', { number: sentence + 1 })}</button>
          ))}
        </span>
      </div>
      {children}
    </li>
  );
}
