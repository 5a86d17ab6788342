import { useTexts } from '../../i18n/texts';
import { type Colour, Tag } from '../../ui/Tag';

import type { OpportunityLine } from './query';

const COLOURS: Record<string, Colour> = { won: 'green', lost: 'grey', negotiation: 'geekblue', proposal_quote: 'blue', needs: 'cyan' };

export function StageTag({ opportunity }: { opportunity: Pick<OpportunityLine, 'stage' | 'frozen'> }) {
  const t = useTexts();
  return (
    <span className="row">
      <Tag colour={COLOURS[opportunity.stage] ?? 'grey'}>{t(`sales.stage.${opportunity.stage}`, { defaultValue: opportunity.stage })}</Tag>
      {opportunity.frozen ? <Tag colour="red">{t('sales.frozenShort')}</Tag> : null}
    </span>
  );
}
