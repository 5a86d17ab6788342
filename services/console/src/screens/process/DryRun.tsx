import { Alert, Button, Tag } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { bilingual } from '../../ui/bilingual';
import { Panel } from '../../ui/Page';
import { labelled, sentences } from '../../ui/punctuated';
import { RecordLink } from './RecordLink';
import type { Name, Report, Transition } from './query';
import { titlesOf } from './text';

const SHOWN = 5;

interface Props {
  report: Report;
  yaml: string;
  name: Name;
}

/** What would change for the records there are: who is newly blocked, who is freed, who would be asked. */
export function DryRun({ report, yaml, name }: Props) {
  const { t } = useTranslation();
  const titles = titlesOf(yaml);
  const called = (stage: string) => {
    const title = titles.get(stage);
    return title ? bilingual(title) : stage;
  };
  const newly = report.transitions.reduce((sum, { blocked }) => sum + blocked.filter((one) => one.newly).length, 0);
  const freed = report.transitions.reduce((sum, transition) => sum + transition.freed.length, 0);
  return (
    <Panel flush title={t('process.report.title', { from: report.in_force, to: report.proposed })}>
      <div className="moved">
        <div className="row">
          <span>{t('process.report.records', { count: report.records })}</span>
          <Tag color={newly > 0 ? 'red' : 'green'}>{t('process.report.newly', { count: newly })}</Tag>
          <Tag color={freed > 0 ? 'blue' : 'default'}>{t('process.report.freed', { count: freed })}</Tag>
        </div>
        {report.limited ? <p className="warn">{t('process.report.limited')}</p> : null}
      </div>
      {report.stranded.length > 0 ? (
        <div className="moved">
          <Alert type="warning" showIcon title={t('process.report.stranded', { count: report.stranded.length })} />
          <Some of={report.stranded} key="stranded">{(one) => <><RecordLink name={name.name} id={one.id} /> · {called(one.stage)}</>}</Some>
        </div>
      ) : null}
      {report.transitions.map((transition) => <Move key={`${transition.from}→${transition.to}`} transition={transition} name={name} called={called} />)}
    </Panel>
  );
}

function Move({ transition, name, called }: { transition: Transition; name: Name; called: (stage: string) => string }) {
  const { t } = useTranslation();
  const newly = transition.blocked.filter((one) => one.newly);
  const before = transition.blocked.length - newly.length;
  return (
    <div className="moved">
      <div className="row spread"><span className="strong">{called(transition.from)} → {called(transition.to)}</span><span className="soft">{t('process.report.tried', { count: transition.tried })}</span></div>
      <div className="soft">{t('process.report.blocked', { count: before })}</div>
      {newly.length > 0 ? <div className="danger">{t('process.report.newly', { count: newly.length })}</div> : null}
      <Some of={newly}>{(one) => <><RecordLink name={name.name} id={one.id} />{labelled('')}{sentences(one.missing.filter(({ field }) => one.newly_missing.includes(field)).map(({ reason }) => bilingual(reason)))}</>}</Some>
      {transition.freed.length > 0 ? <div className="good">{t('process.report.freed', { count: transition.freed.length })}</div> : null}
      <Some of={transition.freed.map((id) => ({ id }))}>{(one) => <RecordLink name={name.name} id={one.id} />}</Some>
      {transition.approvals.length > 0 ? <div className="soft">{t('process.report.approvals', { count: transition.approvals.length })}</div> : null}
    </div>
  );
}

/** The first few of many, and the rest when asked for. */
function Some<T extends { id: string }>({ of, children }: { of: readonly T[]; children: (one: T) => ReactNode }) {
  const { t } = useTranslation();
  const [all, setAll] = useState(false);
  if (of.length === 0) return null;
  return (
    <>
      <ul>{(all ? of : of.slice(0, SHOWN)).map((one) => <li key={one.id}>{children(one)}</li>)}</ul>
      {!all && of.length > SHOWN ? <Button size="small" type="link" onClick={() => setAll(true)}>{t('process.report.all', { count: of.length })}</Button> : null}
    </>
  );
}
