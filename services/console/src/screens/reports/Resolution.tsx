import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';

import { Panel } from '../../ui/Page';
import { Answer, Empty } from '../../ui/States';
import { Shares } from './Quality';
import type { Period } from './period';
import { resolutionQuery } from './query';

/** How many objections were out of the way afterwards, month by month. */
export function Resolution({ period }: { period: Period }) {
  const { t } = useTranslation();
  return (
    <Panel title={t('reports.resolution.title')}>
      <Answer of={useQuery(resolutionQuery(period))} rows={6} isEmpty={(shares) => shares.length === 0} empty={<Empty title={t('reports.empty')} hint={t('reports.resolution.none')} />}>
        {(shares) => <Shares shares={shares} names={shares.map(({ key }) => key)} label={t('reports.resolution.title')} head={t('reports.resolution.month')} />}
      </Answer>
    </Panel>
  );
}
