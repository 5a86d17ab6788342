import { useTexts } from '../../i18n/texts';
import { type Colour, Tag } from '../../ui/Tag';

import type { QuoteStatus } from './query';

const COLOURS: Record<QuoteStatus, Colour> = {
  draft: 'grey',
  pending_approval: 'orange',
  approved: 'blue',
  sent: 'cyan',
  rejected: 'red',
  superseded: 'grey',
  expired: 'grey',
  contracted: 'green',
};

export function QuoteStatusTag({ status }: { status: QuoteStatus }) {
  const t = useTexts();
  return <Tag colour={COLOURS[status]}>{t(`quotes.status.${status}`)}</Tag>;
}
