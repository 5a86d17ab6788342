import { Descriptions } from 'antd';
import { useTranslation } from 'react-i18next';

import { Panel } from '../../ui/Page';
import { Moment } from '../../ui/Values';
import type { Contract } from './query';

/** Delivery and kind of deal. */
export function Terms({ contract }: { contract: Contract }) {
  const { t } = useTranslation();
  const items = [
    { key: 'promised', label: t('contracts.field.promised'), children: <Moment at={contract.promised_delivery_at} /> },
    { key: 'lead', label: t('contracts.field.leadTime'), children: `${contract.lead_time_days} ${t('quotes.days')}` },
    { key: 'place', label: t('contracts.field.place'), children: contract.delivery_place || '—' },
    { key: 'destination', label: t('contracts.field.destination'), children: t(`contracts.destination.${contract.destination}`, { defaultValue: contract.destination }) },
    { key: 'type', label: t('contracts.field.customer_type'), children: t(`contracts.customer_type.${contract.customer_type}`, { defaultValue: contract.customer_type }) },
  ];
  return <Panel title={t('contracts.terms')}><Descriptions size="small" column={1} items={items} /></Panel>;
}
