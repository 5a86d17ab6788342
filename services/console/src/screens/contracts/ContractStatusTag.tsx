import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';

import type { ContractStatus } from './query';

const COLOURS: Record<ContractStatus, string> = { draft: 'default', pending_approval: 'orange', approved: 'blue', rejected: 'red', signing: 'cyan', signed: 'green' };

export function ContractStatusTag({ status }: { status: ContractStatus }) {
  const { t } = useTranslation();
  return <Tag color={COLOURS[status]}>{t(`contracts.status.${status}`)}</Tag>;
}
