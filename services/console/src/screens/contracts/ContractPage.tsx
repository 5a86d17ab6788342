import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';

import { hasRole, useMe } from '../../app/session';
import { PageHead, Panel } from '../../ui/Page';
import { PersonName } from '../../ui/PersonName';
import { Answer } from '../../ui/States';
import { ApprovalPanel } from '../approvals/ApprovalPanel';
import { LinesTable } from '../quotes/LinesTable';
import { PriceBuildUp } from '../quotes/PriceBuildUp';
import '../quotes/quotes.css';
import { ClauseConsistency } from './ClauseConsistency';
import { Clauses } from './Clauses';
import { ContractActions } from './ContractActions';
import { ContractStatusTag } from './ContractStatusTag';
import { Payments } from './Payments';
import { Signatures } from './Signatures';
import { Terms } from './Terms';
import { type Contract, contractQuery } from './query';
import './contracts.css';

export function ContractPage() {
  const { id = '' } = useParams();
  return <Answer of={useQuery(contractQuery(id))} rows={10}>{(contract) => <Found contract={contract} />}</Answer>;
}

/** True for those who may change the business part while it is not submitted. */
export function useMayEdit(contract: Contract): boolean {
  const me = useMe();
  const mine = contract.owner_id === me.id || hasRole(me, ['sales_manager', 'sales_director']);
  return mine && (contract.status === 'draft' || contract.status === 'rejected');
}

function Found({ contract }: { contract: Contract }) {
  const { t } = useTranslation();
  const editable = useMayEdit(contract);
  return (
    <>
      <PageHead
        title={`${contract.number} · ${contract.company}`}
        hint={
          <span className="row">
            <Link to={`/customers/${contract.customer_id}`}>{t('collections.customer')}</Link><span>·</span>
            <Link to={`/quotes/${contract.quote_id}`}>{t('contracts.fromQuote', { revision: contract.quote_revision })}</Link><span>·</span>
            <PersonName id={contract.owner_id} />
            <ContractStatusTag status={contract.status} />
          </span>
        }
        extra={<ContractActions contract={contract} editable={editable} />}
      />
      <div className="columns">
        <div className="stack">
          <Clauses contract={contract} editable={editable} />
          <Panel flush title={t('quotes.lines')}>
            <LinesTable lines={contract.lines} />
            <div style={{ padding: '0 14px' }}><PriceBuildUp of={contract.totals} /></div>
          </Panel>
        </div>
        <div className="stack">
          {contract.approval_id ? <ApprovalPanel id={contract.approval_id} hidden /> : null}
          <Signatures contract={contract} />
          <Terms contract={contract} />
          <Payments contract={contract} />
          <ClauseConsistency id={contract.id} />
        </div>
      </div>
    </>
  );
}
