import { useQueryClient } from '@tanstack/react-query';
import { Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';

import { api, body, seen } from '../../api/client';
import { Conflict } from '../../ui/Conflict';
import type { Difference } from '../../ui/ConflictDialog';
import { moment } from '../../ui/format';
import { FormDialog } from '../../ui/FormDialog';
import { fromLocalInput, toLocalInput } from '../../ui/localTime';
import { listed } from '../../ui/punctuated';
import { useConflict } from '../../ui/useConflict';
import { MomentField } from '../../ui/dates/DateFields';
import { PlanFields } from './PlanFields';
import { type TypedPart, planOf, typedPlan } from './plan';
import { type Contract, NO_CHANGE, contractQuery } from './query';

interface Typed {
  delivery_place: string;
  lead_time_days: string;
  promised_delivery_at: string;
  payment_plan: TypedPart[];
}

const typedOf = (contract: Contract): Typed => ({
  delivery_place: contract.delivery_place,
  lead_time_days: String(contract.lead_time_days),
  promised_delivery_at: toLocalInput(new Date(contract.promised_delivery_at)),
  payment_plan: typedPlan(contract.payment_plan),
});

/** Changes delivery and payments; the price is the quote's and stays. */
export function TermsForm({ contract, close }: { contract: Contract; close: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { version, conflict, onRefused } = useConflict<Typed, Contract>(contract.version, close);
  const plan = (parts: readonly TypedPart[]) => listed(parts.map(({ kind, percent }) => t(`collections.plan.part.${kind}`, { percent })));
  const differences = (mine: Typed, theirs: Contract): Difference[] => {
    const other = typedOf(theirs);
    return [
      { field: t('contracts.field.promised'), mine: mine.promised_delivery_at.replace('T', ' '), theirs: moment(theirs.promised_delivery_at) },
      { field: t('contracts.field.place'), mine: mine.delivery_place, theirs: other.delivery_place },
      { field: t('contracts.field.leadTime'), mine: mine.lead_time_days, theirs: other.lead_time_days },
      { field: t('contracts.plan.title'), mine: plan(mine.payment_plan), theirs: plan(other.payment_plan) },
    ];
  };
  return (
    <>
      <FormDialog<Typed, Contract>
        open
        close={close}
        width={640}
        title={t('contracts.changeTerms')}
        fields={['delivery_place', 'lead_time_days', 'promised_delivery_at', 'payment_plan']}
        initial={typedOf(contract)}
        refreshes={[['contracts']]}
        send={(typed, key) =>
          body(
            api.PATCH('/api/contracts/{id}', {
              params: { path: { id: contract.id } },
              headers: seen(version, key),
              body: { ...NO_CHANGE, delivery_place: typed.delivery_place, lead_time_days: Number(typed.lead_time_days), promised_delivery_at: fromLocalInput(typed.promised_delivery_at) ?? null, payment_plan: planOf(typed.payment_plan) },
            }),
          )
        }
        onRefused={onRefused(() => client.fetchQuery({ ...contractQuery(contract.id), staleTime: 0 }))}
      >
        <div className="row top">
          <Form.Item name="promised_delivery_at" label={t('contracts.field.promised')} rules={[{ required: true, message: t('form.required') }]} className="grow"><MomentField /></Form.Item>
          <Form.Item name="lead_time_days" label={t('contracts.field.leadTime')} rules={[{ pattern: /^\d{1,4}$/, message: t('contracts.plan.whole') }]} className="grow"><Input inputMode="numeric" suffix={t('quotes.days')} /></Form.Item>
        </div>
        <Form.Item name="delivery_place" label={t('contracts.field.place')}><Input maxLength={300} /></Form.Item>
        <PlanFields />
      </FormDialog>
      <Conflict of={conflict} fields={differences} />
    </>
  );
}
