import { Alert, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { type Role, hasRole, useMe } from '../../app/session';
import { bilingual } from '../../ui/bilingual';
import { Panel } from '../../ui/Page';
import { PersonName } from '../../ui/PersonName';
import { Moment, Money } from '../../ui/Values';
import { BUDGETS, BudgetForm, type BudgetKind } from './BudgetForm';
import type { Opportunity } from './query';

/** Who states which budget. */
const STATES: Record<BudgetKind, readonly Role[]> = {
  customer_stated: ['sales_rep', 'sales_manager', 'sales_director'],
  cost_floor: ['technical_lead', 'technical_director'],
  authorised_range: ['finance'],
};

/** The three budgets side by side; they must agree before a quote. */
export function Budgets({ opportunity }: { opportunity: Opportunity }) {
  const { t } = useTranslation();
  const [kind, setKind] = useState<BudgetKind | null>(null);
  return (
    <Panel title={t('sales.budget.title')}>
      <div className="stack">
        {opportunity.disagreements.length > 0 ? (
          <Alert
            type="error"
            showIcon
            title={opportunity.frozen ? t('sales.budget.frozen') : t('sales.budget.disagree')}
            description={
              <ul className="reasons">
                {opportunity.disagreements.map((one) => <li key={`${one.field}${one.code}`}>{bilingual(one.reason)}{one.remedy ? ` ${bilingual(one.remedy)}` : ''}</li>)}
              </ul>
            }
          />
        ) : null}
        <div className="budgets">
          {BUDGETS.map((one) => <Budget key={one} opportunity={opportunity} kind={one} state={() => setKind(one)} />)}
        </div>
      </div>
      {kind ? <BudgetForm opportunity={opportunity} kind={kind} close={() => setKind(null)} /> : null}
    </Panel>
  );
}

interface Props {
  opportunity: Opportunity;
  kind: BudgetKind;
  state: () => void;
}

function Budget({ opportunity, kind, state }: Props) {
  const { t } = useTranslation();
  const me = useMe();
  const stated = opportunity.budgets.find((budget) => budget.kind === kind);
  const may = hasRole(me, STATES[kind]);
  return (
    <section className="budget" aria-label={t(`sales.budget.${kind}`)}>
      <h3>{t(`sales.budget.${kind}`)}</h3>
      {stated === undefined ? (
        <p className="soft">{t('sales.budget.none')}</p>
      ) : stated.low ? (
        <p className="figure-line">
          <Money of={stated.low} />
          {stated.high && stated.high.amount !== stated.low.amount ? <> – <Money of={stated.high} /></> : null}
        </p>
      ) : (
        <p className="soft">{t('sales.budget.hidden')}</p>
      )}
      <div className="row spread">
        <span className="soft">{stated ? <><PersonName id={stated.stated_by} /> · <Moment at={stated.stated_at} /></> : null}</span>
        {may ? <Button size="small" onClick={state}>{stated ? t('form.edit') : t('sales.budget.state')}</Button> : null}
      </div>
    </section>
  );
}
