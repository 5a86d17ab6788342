import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Checkbox, Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';

import { PageHead } from '../../ui/Page';
import { PersonName } from '../../ui/PersonName';
import { labelled } from '../../ui/punctuated';
import { Answer, Empty } from '../../ui/States';
import { Moment } from '../../ui/Values';
import { useNarrowing } from '../../ui/useNarrowing';
import { DeliveryDrawer } from './DeliveryDrawer';
import { Gantt } from './Gantt';
import { LightTag } from './LightTag';
import { type Delivery, deliveriesQuery } from './query';
import './delivery.css';

const STATES = ['open', 'awaiting_acceptance', 'reopened', 'delivered'] as const;

/** Delivery cards by state, or on the calendar; a red promise stands out. */
export function DeliveryBoard() {
  const { t } = useTranslation();
  const { id } = useParams();
  const navigate = useNavigate();
  const { params, change } = useNarrowing();
  const gantt = params.get('view') === 'plan';
  const red = params.get('light') === 'red';
  const query = useInfiniteQuery(deliveriesQuery(red ? { light: 'red' } : {}));
  const cards = query.data?.pages.flatMap((page) => page.items);
  return (
    <>
      <PageHead
        title={t('nav.deliveries')}
        hint={t('delivery.hint')}
        extra={
          <>
            <Checkbox checked={red} onChange={(event) => change('light', event.target.checked ? 'red' : null)}>{t('delivery.redOnly')}</Checkbox>
            <Segmented
              aria-label={t('delivery.view')}
              value={gantt ? 'plan' : 'board'}
              options={[{ value: 'board', label: t('delivery.board') }, { value: 'plan', label: t('delivery.plan') }]}
              onChange={(value) => change('view', value === 'plan' ? 'plan' : null)}
            />
          </>
        }
      />
      <Answer of={{ ...query, data: cards }} rows={8} isEmpty={(list) => list.length === 0} empty={<Empty title={t('delivery.none')} hint={t('delivery.noneHint')} />}>
        {(list) => (
          <>
            {gantt ? <Gantt cards={list} search={params.toString()} /> : <Board cards={list} search={params.toString()} />}
            {query.hasNextPage ? <div className="row" style={{ justifyContent: 'center', padding: 14 }}><Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{t('state.more')}</Button></div> : null}
          </>
        )}
      </Answer>
      <DeliveryDrawer id={id} close={() => void navigate({ pathname: '/deliveries', search: params.toString() })} />
    </>
  );
}

function Board({ cards, search }: { cards: Delivery[]; search: string }) {
  const { t } = useTranslation();
  return (
    <div className="board">
      {STATES.map((state) => {
        const own = cards.filter((card) => card.state === state);
        return (
          <section key={state} aria-label={t(`delivery.state.${state}`)}>
            <h2>{t(`delivery.state.${state}`)} <span className="soft">{own.length}</span></h2>
            {own.map((card) => <Card key={card.id} card={card} search={search} />)}
          </section>
        );
      })}
    </div>
  );
}

function Card({ card, search }: { card: Delivery; search: string }) {
  const { t } = useTranslation();
  return (
    <article className={`card ${card.light}`}>
      <div className="row spread top">
        <Link className="strong" to={{ pathname: `/deliveries/${card.id}`, search }}>{card.company}</Link>
        <LightTag light={card.light} />
      </div>
      <span className="soft num">{card.contract_number}</span>
      <dl>
        <dt>{t('delivery.promised')}</dt><dd><Moment at={card.promised_at} /></dd>
        <dt>{t('delivery.scheduled')}</dt><dd><Moment at={card.scheduled_at} /></dd>
        {card.accepted_at ? <><dt>{t('delivery.acceptedOn')}</dt><dd><Moment at={card.accepted_at} /></dd></> : null}
      </dl>
      <span className="soft">{labelled(t('leads.column.owner'))}<PersonName id={card.owner_id} />{card.rejections > 0 ? ` · ${t('delivery.rejections', { count: card.rejections })}` : ''}</span>
    </article>
  );
}
