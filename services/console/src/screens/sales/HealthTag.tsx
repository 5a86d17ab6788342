import { Popover, Tag } from 'antd';
import { useTranslation } from 'react-i18next';

import type { CustomerLine } from './query';

const COLOURS = { red: 'red', yellow: 'orange', green: 'green' } as const;

/** How a customer is doing, with the reasons on demand. */
export function HealthTag({ customer }: { customer: Pick<CustomerLine, 'health' | 'health_score' | 'health_reasons'> }) {
  const { t } = useTranslation();
  const tag = <Tag color={COLOURS[customer.health]}>{t(`sales.health.${customer.health}`)} {customer.health_score}</Tag>;
  if (customer.health_reasons.length === 0) return tag;
  return (
    <Popover content={<ul className="reasons">{customer.health_reasons.map((reason) => <li key={reason}>{reason}</li>)}</ul>}>{tag}</Popover>
  );
}
