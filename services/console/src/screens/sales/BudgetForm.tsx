import { Alert, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';

import { api, body, once } from '../../api/client';
import { FormDialog } from '../../ui/FormDialog';
import { MoneyInput } from '../../ui/MoneyInput';
import type { Opportunity } from './query';

export const BUDGETS = ['customer_stated', 'cost_floor', 'authorised_range'] as const;
export type BudgetKind = (typeof BUDGETS)[number];

interface Typed {
  low: string;
  high: string;
  basis?: string;
}

interface Props {
  opportunity: Opportunity;
  kind: BudgetKind;
  close: () => void;
}

/** States one of the three budgets. The cost floor asks for a second factor. */
export function BudgetForm({ opportunity, kind, close }: Props) {
  const { t } = useTranslation();
  const stated = opportunity.budgets.find((budget) => budget.kind === kind);
  const currency = stated?.low?.currency ?? 'CNY';
  const floor = kind === 'cost_floor';
  return (
    <FormDialog<Typed, Opportunity>
      open
      close={close}
      title={t(`sales.budget.${kind}`)}
      fields={['low', 'high', 'basis']}
      initial={{ ...(stated?.low ? { low: stated.low.amount } : {}), ...(stated?.high ? { high: stated.high.amount } : {}) }}
      refreshes={[['opportunities'], ['timeline']]}
      send={({ low, high, basis }, key) =>
        body(
          api.PUT('/api/opportunities/{id}/budgets/{kind}', {
            params: { path: { id: opportunity.id, kind } },
            headers: once(key),
            body: { low: { amount: low, currency }, high: { amount: high, currency }, basis: basis || null },
          }),
        )
      }
    >
      {floor ? <Alert type="info" showIcon title={t('sales.budget.floorHint')} style={{ marginBottom: 12 }} /> : null}
      <div className="row top">
        <Form.Item name="low" label={t('sales.budget.low')} className="grow" rules={[{ required: true, message: t('form.required') }]}>
          <MoneyInput currency={currency} />
        </Form.Item>
        <Form.Item name="high" label={t('sales.budget.high')} className="grow" rules={[{ required: true, message: t('form.required') }]}>
          <MoneyInput currency={currency} />
        </Form.Item>
      </div>
      <Form.Item name="basis" label={t('sales.budget.basis')}>
        <Input.TextArea rows={2} maxLength={500} />
      </Form.Item>
    </FormDialog>
  );
}
