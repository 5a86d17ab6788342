import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';

import { count, percent } from '../../ui/format';
import { Panel } from '../../ui/Page';
import { Answer, Empty } from '../../ui/States';
import type { Period } from './period';
import { firstPassQuery } from './query';

/** How many deliveries the customer accepted at the first time of asking. */
export function FirstPass({ period }: { period: Period }) {
  const { t } = useTranslation();
  return (
    <Panel title={t('reports.firstPass.title')}>
      <Answer of={useQuery(firstPassQuery(period))} rows={3} isEmpty={({ delivered }) => delivered === 0} empty={<Empty title={t('reports.empty')} hint={t('reports.firstPass.none')} />}>
        {({ delivered, first_pass, rate }) => (
          <div className="figures" style={{ marginBottom: 0 }}>
            <div className="figure"><b>{rate === null || rate === undefined ? '—' : percent(rate)}</b><span>{t('reports.firstPass.rate')}</span></div>
            <div className="figure"><b>{count(first_pass)}</b><span>{t('reports.firstPass.first')}</span></div>
            <div className="figure"><b>{count(delivered)}</b><span>{t('reports.firstPass.delivered')}</span></div>
          </div>
        )}
      </Answer>
    </Panel>
  );
}
