import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';

import { Hash } from '../../ui/Hash';
import { Panel } from '../../ui/Page';
import { labelled } from '../../ui/punctuated';
import { Answer } from '../../ui/States';
import { clauseCheckQuery } from './query';

/** Whether every clause still hashes to what was recorded. */
export function ClauseConsistency({ id }: { id: string }) {
  const { t } = useTranslation();
  return (
    <Panel title={t('contracts.check.title')}>
      <Answer of={useQuery(clauseCheckQuery(id))} rows={2}>
        {(check) => (
          <div className="stack tight">
            <span className={check.consistent ? 'good strong' : 'danger strong'}>
              {check.consistent ? '✓ ' : '✗ '}{t(check.consistent ? 'contracts.check.sound' : 'contracts.check.broken', { percent: check.percent, count: check.clauses.length })}
            </span>
            {check.clauses.filter(({ consistent }) => !consistent).map((clause) => (
              <div key={clause.code} className="danger">{labelled(clause.code)}{t('contracts.check.differs')} <Hash of={clause.recorded_sha256} /> ≠ <Hash of={clause.found_sha256} /></div>
            ))}
            <span className="soft">{t('contracts.check.all')}</span>
            <Hash name="SHA-256" of={check.clauses_sha256} />
          </div>
        )}
      </Answer>
    </Panel>
  );
}
