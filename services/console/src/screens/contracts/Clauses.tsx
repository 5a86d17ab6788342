import { LockOutlined } from '@ant-design/icons';
import { Button, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { Hash } from '../../ui/Hash';
import { Panel } from '../../ui/Page';
import { ClauseTextForm } from './ClauseTextForm';
import type { Contract, ContractClause } from './query';

/** What the contract says. Locked clauses stand there as legal published them: there is no way to change them here. */
export function Clauses({ contract, editable }: { contract: Contract; editable: boolean }) {
  const { t } = useTranslation();
  const [editing, setEditing] = useState<ContractClause | null>(null);
  const locked = contract.clauses.filter(({ kind }) => kind === 'locked').length;
  return (
    <Panel flush title={t('contracts.clauses')} extra={<span className="soft">{t('contracts.lockedCount', { locked, free: contract.clauses.length - locked })}</span>}>
      {contract.clauses.map((clause) => <OneClause key={clause.code} clause={clause} edit={editable && clause.kind === 'business' ? () => setEditing(clause) : null} />)}
      {editing ? <ClauseTextForm contract={contract} clause={editing} close={() => setEditing(null)} /> : null}
    </Panel>
  );
}

function OneClause({ clause, edit }: { clause: ContractClause; edit: (() => void) | null }) {
  const { t } = useTranslation();
  const locked = clause.kind === 'locked';
  const edited = clause.sha256 !== clause.library_sha256;
  return (
    <article className={locked ? 'clause locked' : 'clause'} aria-label={clause.title}>
      <div className="row spread">
        <h3>
          {locked ? <LockOutlined aria-label={t('contracts.locked')} /> : null}
          {clause.title}
          <span className="soft num">{clause.code}</span>
          {edited ? <Tag color="orange">{t('contracts.edited')}</Tag> : null}
        </h3>
        {locked ? <span className="soft">{t('contracts.locked')}</span> : edit ? <Button size="small" onClick={edit} aria-label={t('contracts.editClause', { title: clause.title })}>{t('form.edit')}</Button> : null}
      </div>
      <p>{clause.body}</p>
      <div className="row soft">
        <span>{t(edited ? 'contracts.clauseFrom' : 'contracts.clauseRevision', { number: clause.revision })}</span>
        <Hash name="SHA-256" of={clause.sha256} />
      </div>
    </article>
  );
}
