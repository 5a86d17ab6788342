import { Popover } from 'antd';

import { useTexts } from '../../i18n/texts';
import { Reasons } from '../../ui/Reasons';
import { Tag } from '../../ui/Tag';
import type { CustomerLine } from './query';

const COLOURS = { red: 'red', yellow: 'orange', green: 'green' } as const;

/** How a customer is doing, with the reasons on demand. */
export function HealthTag({ customer }: { customer: Pick<CustomerLine, 'health' | 'health_score' | 'health_reasons'> }) {
  const t = useTexts();
  const tag = <Tag colour={COLOURS[customer.health]}>{t(`sales.health.${customer.health}`)} {customer.health_score}</Tag>;
  if (customer.health_reasons.length === 0) return tag;
  return (
    <Popover content={<Reasons of={customer.health_reasons} />}>{tag}</Popover>
  );
}
