import { Tag } from 'antd';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';

import type { Lead } from './query';

const COLOURS: Record<Lead['state'], string> = {
  unassigned: 'orange',
  assigned: 'blue',
  touched: 'cyan',
  screened: 'geekblue',
  converted: 'green',
  duplicate: 'default',
};

export const LeadStateTag = memo(({ state }: { state: Lead['state'] }) => {
  const { t } = useTranslation();
  return <Tag color={COLOURS[state]}>{t(`leads.state.${state}`)}</Tag>;
});
