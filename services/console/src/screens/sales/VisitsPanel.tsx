import { useQuery } from '@tanstack/react-query';
import { Button, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useMe } from '../../app/session';
import { CustomLine } from '../../ui/custom/CustomLine';
import { Panel } from '../../ui/Page';
import { PersonName } from '../../ui/PersonName';
import { labelled } from '../../ui/punctuated';
import { Answer, Empty } from '../../ui/States';
import { Moment } from '../../ui/Values';
import { Conclusions } from './Conclusions';
import { SummaryForm } from './SummaryForm';
import { type Opportunity, type Visit, visitsQuery } from './query';

/** The visits of an opportunity: what was noted, and what was heard and waits to be confirmed. */
export function VisitsPanel({ opportunity }: { opportunity: Opportunity }) {
  const { t } = useTranslation();
  const visits = useQuery(visitsQuery(opportunity.id));
  return (
    <Panel flush title={t('sales.visits.title')}>
      <Answer of={visits} rows={2} isEmpty={(page) => page.items.length === 0} empty={<Empty title={t('sales.visits.none')} />}>
        {(page) => <div role="list">{page.items.map((visit) => <Line key={visit.id} visit={visit} />)}</div>}
      </Answer>
    </Panel>
  );
}

const TO_CONFIRM = ['offered', 'doubtful'];

function Line({ visit }: { visit: Visit }) {
  const { t } = useTranslation();
  const mine = useMe().id === visit.rep_id;
  const [open, setOpen] = useState(false);
  return (
    <div className="item" role="listitem">
      <div className="grow stack tight">
        <div className="row">
          <span className="strong"><Moment at={visit.visited_at} /></span>
          <span className="soft"><PersonName id={visit.rep_id} /></span>
          {visit.decision_chain.map((role) => <Tag key={role}>{t(`sales.decisionRole.${role}`)}</Tag>)}
          {visit.draft && visit.draft !== 'confirmed' ? <Tag variant="filled" color={visit.draft === 'failed' ? 'red' : 'orange'}>{t(`sales.visits.draft.${visit.draft}`)}</Tag> : null}
        </div>
        {visit.note ? <p>{visit.note}</p> : null}
        {visit.pain ? <p className="soft">{labelled(t('sales.field.pain'))}{visit.pain}</p> : null}
        <p className="soft">{labelled(t('sales.field.nextStep'))}{visit.next_step} · <Moment at={visit.next_step_at} /></p>
        <CustomLine resource="visit" custom={visit.custom} />
        {visit.recording_id ? <Conclusions recording={visit.recording_id} mine={mine} /> : null}
      </div>
      {mine && visit.draft && TO_CONFIRM.includes(visit.draft) ? <Button size="small" onClick={() => setOpen(true)}>{t('sales.visits.confirm')}</Button> : null}
      {open ? <SummaryForm visit={visit} close={() => setOpen(false)} /> : null}
    </div>
  );
}
