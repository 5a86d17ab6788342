import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';

import type { Outcome, Review } from './query';

const COLOURS: Record<Outcome, string> = { good: 'green', needs_coaching: 'red', needs_human: 'orange' };

export function OutcomeTag({ outcome }: { outcome: Outcome | null | undefined }) {
  const { t } = useTranslation();
  if (!outcome) return <Tag variant="filled">{t('coaching.outcome.waiting')}</Tag>;
  return <Tag variant="filled" color={COLOURS[outcome]}>{t(`coaching.outcome.${outcome}`)}</Tag>;
}

/** How far a review is: waiting for its answer or a coach, or what was decided. */
export function ReviewStateTag({ review }: { review: Review }) {
  const { t } = useTranslation();
  if (review.decision) return <Tag variant="filled" color={review.decision === 'passed' ? 'green' : 'blue'}>{t(`coaching.decision.${review.decision}`)}</Tag>;
  return <Tag variant="filled">{t(`coaching.state.${review.state}`)}</Tag>;
}
