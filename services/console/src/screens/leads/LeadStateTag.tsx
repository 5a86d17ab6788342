import { memo } from 'react';

import { useTexts } from '../../i18n/texts';
import { type Colour, Tag } from '../../ui/Tag';

import type { Lead } from './query';

const COLOURS: Record<Lead['state'], Colour> = {
  unassigned: 'orange',
  assigned: 'blue',
  touched: 'cyan',
  screened: 'geekblue',
  converted: 'green',
  duplicate: 'grey',
};

export const LeadStateTag = memo(({ state }: { state: Lead['state'] }) => {
  const t = useTexts();
  return <Tag colour={COLOURS[state]}>{t(`leads.state.${state}`)}</Tag>;
});
