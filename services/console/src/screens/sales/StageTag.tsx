import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';

import type { OpportunityLine } from './query';

const COLOURS: Record<string, string> = { won: 'green', lost: 'default', negotiation: 'geekblue', proposal_quote: 'blue', needs: 'cyan' };

export function StageTag({ opportunity }: { opportunity: Pick<OpportunityLine, 'stage' | 'frozen'> }) {
  const { t } = useTranslation();
  return (
    <span className="row">
      <Tag color={COLOURS[opportunity.stage] ?? 'default'}>{t(`sales.stage.${opportunity.stage}`, { defaultValue: opportunity.stage })}</Tag>
      {opportunity.frozen ? <Tag color="red">{t('sales.frozenShort')}</Tag> : null}
    </span>
  );
}
