import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';

import type { QuoteStatus } from './query';

const COLOURS: Record<QuoteStatus, string> = {
  draft: 'default',
  pending_approval: 'orange',
  approved: 'blue',
  sent: 'cyan',
  rejected: 'red',
  superseded: 'default',
  expired: 'default',
  contracted: 'green',
};

export function QuoteStatusTag({ status }: { status: QuoteStatus }) {
  const { t } = useTranslation();
  return <Tag color={COLOURS[status]}>{t(`quotes.status.${status}`)}</Tag>;
}
