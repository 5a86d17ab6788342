import { useTexts } from '../../i18n/texts';
import { type Colour, Tag } from '../../ui/Tag';

import type { ContractStatus } from './query';

const COLOURS: Record<ContractStatus, Colour> = { draft: 'grey', pending_approval: 'orange', approved: 'blue', rejected: 'red', signing: 'cyan', signed: 'green' };

export function ContractStatusTag({ status }: { status: ContractStatus }) {
  const t = useTexts();
  return <Tag colour={COLOURS[status]}>{t(`contracts.status.${status}`)}</Tag>;
}
