import { useQueryClient } from '@tanstack/react-query';
import { Checkbox, Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';

import { api, body, seen } from '../../api/client';
import type { components } from '../../api/schema';
import { Conflict } from '../../ui/Conflict';
import type { Difference } from '../../ui/ConflictDialog';
import { CustomInputs } from '../../ui/custom/CustomInputs';
import { customDifferences } from '../../ui/custom/said';
import { type WithCustom, useCustomForm } from '../../ui/custom/useCustomFields';
import { typedOf as typedCustom } from '../../ui/custom/values';
import { moment } from '../../ui/format';
import { FormDialog } from '../../ui/FormDialog';
import { fromLocalInput, toLocalInput } from '../../ui/localTime';
import { listed } from '../../ui/punctuated';
import { useConflict } from '../../ui/useConflict';
import { MomentField } from '../../ui/dates/DateFields';
import { DECISION_ROLES, type DecisionRole } from './decisionRoles';
import { type Opportunity, opportunityQuery } from './query';

interface Typed extends WithCustom {
  subject: string;
  pain: string;
  competitors: string[];
  decision_chain: DecisionRole[];
  planned_signing_at: string;
}

interface Props {
  opportunity: Opportunity;
  close: () => void;
}

function typedOf(opportunity: Opportunity): Typed {
  return {
    subject: opportunity.subject,
    pain: opportunity.pain ?? '',
    competitors: opportunity.competitors,
    decision_chain: opportunity.decision_chain,
    planned_signing_at: opportunity.planned_signing_at ? toLocalInput(new Date(opportunity.planned_signing_at)) : '',
    custom: typedCustom(opportunity.custom),
  };
}

/** Changes what is known of an opportunity. Another's change in between is shown, never overwritten unseen. */
export function ChangeForm({ opportunity, close }: Props) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { version, conflict, onRefused } = useConflict<Typed, Opportunity>(opportunity.version, close);
  const own = useCustomForm('opportunity');

  const save = ({ planned_signing_at, custom, ...typed }: Typed, seenVersion: number, key: string) =>
    body(
      api.PATCH('/api/opportunities/{id}', {
        params: { path: { id: opportunity.id } },
        headers: seen(seenVersion, key),
        body: { ...typed, pain: typed.pain || null, planned_signing_at: fromLocalInput(planned_signing_at) ?? null, custom: own.changed({ custom }, opportunity.custom) },
      }),
    );

  return (
    <>
      <FormDialog<Typed, components['schemas']['OpportunityAnswer']>
        open
        close={close}
        title={t('sales.change')}
        fields={['subject', 'pain', 'competitors', 'decision_chain', 'planned_signing_at', ...own.names]}
        initial={typedOf(opportunity)}
        refreshes={[['opportunities'], ['timeline']]}
        send={(typed, key) => save(typed, version, key)}
        onRefused={onRefused(() => client.fetchQuery({ ...opportunityQuery(opportunity.id), staleTime: 0 }))}
      >
        <Form.Item name="subject" label={t('sales.field.subject')} rules={[{ required: true, message: t('form.required') }]}>
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item name="decision_chain" label={t('sales.field.decisionChain')}>
          <Checkbox.Group options={DECISION_ROLES.map((value) => ({ value, label: t(`sales.decisionRole.${value}`) }))} />
        </Form.Item>
        <Form.Item name="pain" label={t('sales.field.pain')}>
          <Input.TextArea rows={2} maxLength={500} />
        </Form.Item>
        <Form.Item name="competitors" label={t('sales.field.competitors')}>
          <Select mode="tags" open={false} suffixIcon={null} />
        </Form.Item>
        <Form.Item name="planned_signing_at" label={t('sales.field.plannedSigning')}>
          <MomentField />
        </Form.Item>
        <CustomInputs resource="opportunity" />
      </FormDialog>
      <Conflict of={conflict} fields={(mine, theirs) => [...differencesOf(mine, theirs, t), ...customDifferences(own.live, mine.custom, theirs.custom, t)]} />
    </>
  );
}

type Translate = ReturnType<typeof useTranslation>['t'];

/** Both versions field by field, as people read them. */
function differencesOf(mine: Typed, theirs: Opportunity, t: Translate): Difference[] {
  const other = typedOf(theirs);
  const roles = (chain: DecisionRole[]) => listed(chain.map((role) => t(`sales.decisionRole.${role}`)));
  const time = (typed: string) => (typed ? moment(new Date(typed).toISOString()) : '');
  return [
    { field: t('sales.field.subject'), mine: mine.subject, theirs: other.subject },
    { field: t('sales.field.decisionChain'), mine: roles(mine.decision_chain), theirs: roles(other.decision_chain) },
    { field: t('sales.field.pain'), mine: mine.pain, theirs: other.pain },
    { field: t('sales.field.competitors'), mine: listed(mine.competitors), theirs: listed(other.competitors) },
    { field: t('sales.field.plannedSigning'), mine: time(mine.planned_signing_at), theirs: time(other.planned_signing_at) },
  ];
}
