import { useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { language } from '../../i18n';
import { now } from '../../ui/clock';
import { moment } from '../../ui/format';
import { sentences } from '../../ui/punctuated';
import { placeOf, spanOf } from './plan';
import type { Delivery } from './query';

/** Promise and schedule of every card on one calendar: a schedule behind its promise is red. */
export function Gantt({ cards, search }: { cards: Delivery[]; search: string }) {
  const { t } = useTranslation();
  const plan = useFirstInSight();
  const span = spanOf(cards, now());
  const week = new Intl.DateTimeFormat(language(), { month: '2-digit', day: '2-digit' });
  const today = placeOf(now().toISOString(), span);
  return (
    <section ref={plan} className="panel gantt" aria-label={t('delivery.plan')}>
      <div className="gantt-row head">
        <div />
        <div className="lane">
          {span.weeks.map(({ start, at }) => <span key={at} className="week" style={{ left: `${at}%` }}>{week.format(start)}</span>)}
        </div>
      </div>
      {cards.map((card) => {
        const says = sentences([card.promised_at ? `${t('delivery.promised')} ${moment(card.promised_at)}` : '', card.scheduled_at ? `${t('delivery.scheduled')} ${moment(card.scheduled_at)}` : '', card.accepted_at ? `${t('delivery.acceptedOn')} ${moment(card.accepted_at)}` : ''].filter(Boolean));
        const [promised, scheduled, accepted] = [card.promised_at, card.scheduled_at, card.accepted_at].map((at) => (at ? placeOf(at, span) : null));
        return (
          <div className="gantt-row" key={card.id}>
            <Link to={{ pathname: `/deliveries/${card.id}`, search }}>
              {card.company}
              <span className="aside num">{card.contract_number}</span>
            </Link>
            <div className="lane" role="img" aria-label={says || t('delivery.noDates')} title={says}>
              <i className="today" style={{ left: `${today}%` }} />
              {promised != null && scheduled != null && accepted == null ? (
                <i className={`reach ${card.light}`} style={{ left: `${Math.min(promised, scheduled)}%`, width: `${Math.abs(promised - scheduled)}%` }} />
              ) : null}
              {promised != null ? <i className="mark promise" style={{ left: `${promised}%` }} /> : null}
              {accepted != null ? <i className="mark accepted" style={{ left: `${accepted}%` }} /> : null}
              {scheduled != null && accepted == null ? <i className={`mark schedule ${card.light}`} style={{ left: `${scheduled}%` }} /> : null}
            </div>
          </div>
        );
      })}
      <p className="legend soft">
        <i className="mark promise" /> {t('delivery.promised')} <i className="mark schedule green" /> {t('delivery.scheduled')} <i className="mark schedule red" /> {t('delivery.late')} <i className="mark accepted" /> {t('delivery.acceptedOn')} <i className="today" /> {t('delivery.today')}
      </p>
    </section>
  );
}

const MARGIN = 16;

/** Where the plan is wider than the screen it opens at its first date: the weeks before are empty. */
function useFirstInSight() {
  const plan = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const { current: box } = plan;
    const names = box?.querySelector('.gantt-row > :first-child')?.getBoundingClientRect().right;
    const marks = [...(box?.querySelectorAll('.lane .reach, .lane .mark') ?? [])].map((mark) => mark.getBoundingClientRect().left);
    if (box && names !== undefined && marks.length > 0) box.scrollLeft += Math.min(...marks) - names - MARGIN;
  }, []);
  return plan;
}
