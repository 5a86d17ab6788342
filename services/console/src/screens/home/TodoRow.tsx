import { Button, Tag } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { bilingual } from '../../ui/bilingual';
import { now } from '../../ui/clock';
import { PersonName } from '../../ui/PersonName';
import { sentences } from '../../ui/punctuated';
import { Due, Money } from '../../ui/Values';
import { TodoDialog } from './TodoDialog';
import { type Todo, type Urgency, dueOf, urgencyOf } from './todo';

const DOTS: Record<Urgency, string> = { over: 'dot red', soon: 'dot amber', calm: 'dot' };

/** One to-do: what it is about, until when, and the button that does it here. */
export function TodoRow({ todo }: { todo: Todo }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const urgency = urgencyOf(todo, now());
  const due = dueOf(todo);
  return (
    <div className="item" role="listitem">
      <span className={DOTS[urgency]} title={t(`home.urgency.${urgency}`)} aria-hidden="true" />
      <div className="grow">
        <div className="row">
          <Tag variant="filled">{t(`home.kind.${todo.kind}`)}</Tag>
          <span className="strong"><Title todo={todo} /></span>
        </div>
        <p className="soft"><Detail todo={todo} /></p>
      </div>
      <div className="row">
        {due ? <Due at={due} /> : null}
        <Button size="small" type={urgency === 'over' ? 'primary' : 'default'} onClick={() => setOpen(true)}>{t(`home.do.${todo.kind}`)}</Button>
      </div>
      {open ? <TodoDialog todo={todo} close={() => setOpen(false)} /> : null}
    </div>
  );
}

function Title({ todo }: { todo: Todo }): ReactNode {
  const { t } = useTranslation();
  switch (todo.kind) {
    case 'touch':
    case 'screen':
    case 'convert':
    case 'pool':
      return <Link to={`/leads/${todo.about.id}`}>{todo.about.company}</Link>;
    case 'action':
      return t(`actionKind.${todo.about.kind}`);
    case 'approval':
      return t(`home.approvalOf.${todo.about.subject_kind === 'contract' ? 'contract' : 'quote'}`, { number: todo.about.subject_number });
    case 'receivable':
      return bilingual(todo.about.sentence);
    case 'request':
      return todo.about.wish;
    case 'promise':
      return `${todo.about.company} · ${todo.about.contract_number}`;
    case 'answer':
      return todo.about.objection;
    case 'review':
      return <Link to={`/coaching/${todo.about.id}`}>{todo.about.objection}</Link>;
    case 'practice':
      return todo.about.note ?? t('home.kind.practice');
  }
}

function Detail({ todo }: { todo: Todo }): ReactNode {
  const { t } = useTranslation();
  switch (todo.kind) {
    case 'touch':
    case 'screen':
    case 'convert':
    case 'pool':
      return [t(`leads.source.${todo.about.source}`), todo.about.region, todo.about.industry, todo.about.contact_name].filter(Boolean).join(' · ');
    case 'action':
      return todo.about.purpose;
    case 'approval':
      return sentences(todo.about.reasons.map(bilingual));
    case 'receivable':
      return <>{todo.about.contract_number} · {t('home.outstanding')} <Money of={todo.about.outstanding} /></>;
    case 'request':
      return `${t(`home.urgencyCode.${todo.about.urgency}`)} · ${todo.about.target}`;
    case 'promise':
      return t('home.promiseRed');
    case 'answer':
      return t('coaching.answerForm.text');
    case 'review':
      return <PersonName id={todo.about.rep_id} />;
    case 'practice':
      return <PersonName id={todo.about.assigned_by} />;
  }
}
