import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';

import { Answer } from '../../ui/States';
import { money } from '../../ui/format';
import { type Ageing, ageingQuery } from './query';

const BANDS = ['not_due', 'days_1_30', 'days_31_60', 'days_61_90', 'over_90'] as const;
const COLOURS: Record<(typeof BANDS)[number], string> = {
  not_due: '#7c9cf0',
  days_1_30: '#f2c46d',
  days_31_60: '#e39a3b',
  days_61_90: '#d96b3c',
  over_90: '#c5221f',
};

/** What is owed, by how long it is overdue; one line per currency. */
export function AgeingFigures() {
  return (
    <Answer of={useQuery(ageingQuery)} rows={2} isEmpty={(list) => list.length === 0} empty={<></>}>
      {(list) => <>{list.map((ageing) => <Line key={ageing.currency} ageing={ageing} />)}</>}
    </Answer>
  );
}

/** How wide each band of the bar is, in percent; only for drawing. */
export function shares(ageing: Ageing): number[] {
  const amounts = BANDS.map((band) => Math.max(0, Number(ageing[band].amount)));
  const total = amounts.reduce((sum, amount) => sum + amount, 0);
  return amounts.map((amount) => (total === 0 ? 0 : (100 * amount) / total));
}

function Line({ ageing }: { ageing: Ageing }) {
  const { t } = useTranslation();
  const widths = shares(ageing);
  return (
    <section className="figures" aria-label={t('collections.ageing.title')}>
      <div className="figure">
        <b>{money(ageing.total)}</b>
        <span>{t('collections.ageing.total', { count: ageing.receivables })}</span>
        <div className="ageing-bar" aria-hidden="true">
          {BANDS.map((band, at) => (widths[at] ? <i key={band} style={{ width: `${widths[at]}%`, background: COLOURS[band] }} /> : null))}
        </div>
      </div>
      {BANDS.map((band) => (
        <div className="figure" key={band}>
          <b className={band === 'over_90' && Number(ageing[band].amount) > 0 ? 'danger' : undefined}>{money(ageing[band])}</b>
          <span><i className="dot" style={{ display: 'inline-block', marginRight: 6, background: COLOURS[band] }} />{t(`collections.ageing.${band}`)}</span>
        </div>
      ))}
    </section>
  );
}
