import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';

import { Problem } from '../../../api/problem';
import { hasRole, useMe } from '../../../app/session';
import { PageHead } from '../../../ui/Page';
import { positionAfter } from '../../../ui/placing';
import { Answer, Failed } from '../../../ui/States';
import { RuleEditor } from './RuleEditor';
import { emptyDraft } from './draft';
import { WRITERS, ruleQuery, rulesQuery } from './query';
import './rules.css';

const forbidden = new Problem(403, 'forbidden', '');

/** One rule while it is written: its sentence, and what it would have done with past leads. */
export function RulePage() {
  const { t } = useTranslation();
  const may = hasRole(useMe(), WRITERS);
  const { id } = useParams();
  return (
    <>
      <PageHead title={t(id ? 'rules.editTitle' : 'rules.newTitle')} extra={<Link to="/leads/rules">{t('rules.list')}</Link>} />
      {may ? id ? <Kept key={id} id={id} /> : <New /> : <Failed error={forbidden} />}
    </>
  );
}

function New() {
  return <Answer of={useQuery(rulesQuery)} rows={8}>{(all) => <RuleEditor rule={null} start={emptyDraft(positionAfter(all))} />}</Answer>;
}

function Kept({ id }: { id: string }) {
  return <Answer of={useQuery(ruleQuery(id))} rows={8}>{(rule) => <RuleEditor rule={rule} />}</Answer>;
}
