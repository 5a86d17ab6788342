import { Select } from 'antd';
import { useTranslation } from 'react-i18next';

import type { components } from '../../../../api/schema';
import { MoneyInput } from '../../../../ui/MoneyInput';
import type { FieldsProps } from '../PhraseEditor';
import { type Bound, type End, ENDS, currencyOf, endOf, withBound, withCurrency } from '../band';
import { withCondition } from '../draft';

type Currency = components['schemas']['Currency'];
const CURRENCIES: readonly Currency[] = ['CNY', 'USD', 'EUR', 'HKD', 'JPY'];

/** Both ends of a budget band. */
export function BudgetFields({ draft, edit }: FieldsProps) {
  const { t } = useTranslation();
  const { budget } = draft.condition;
  const currency = currencyOf(budget);
  const change = (next: typeof budget) => edit(withCondition(draft, { budget: next }));
  const end = (name: End) => {
    const { bound, amount } = endOf(budget, name);
    return (
      <div className="bound" key={name}>
        <span className="soft" aria-hidden="true">{t(name === 'low' ? 'rules.edits.budgetFrom' : 'rules.edits.budgetTo')}</span>
        <Select<Bound | ''>
          aria-label={t(name === 'low' ? 'rules.edits.budgetFrom' : 'rules.edits.budgetTo')}
          value={bound ?? ''}
          onChange={(chosen) => change(withBound(budget, name, chosen === '' ? null : chosen, amount))}
          options={[{ value: '', label: t('rules.edits.unlimited') }, ...ENDS[name].map((value) => ({ value, label: t(`rules.edits.bound.${value}`) }))]}
        />
        <MoneyInput
          currency={currency}
          aria-label={t(name === 'low' ? 'rules.edits.fromAmount' : 'rules.edits.toAmount')}
          value={amount}
          onChange={(typed) => change(withBound(budget, name, bound ?? ENDS[name][0], typed))}
        />
      </div>
    );
  };
  return (
    <div className="stack">
      {end('low')}
      {end('high')}
      <div className="bound">
        <span className="soft" aria-hidden="true">{t('rules.edits.currency')}</span>
        <Select<Currency> aria-label={t('rules.edits.currency')} value={currency} onChange={(chosen) => change(withCurrency(budget, chosen))} options={CURRENCIES.map((value) => ({ value, label: value }))} />
      </div>
    </div>
  );
}
