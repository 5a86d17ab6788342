import { Form, Input, Select } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';

import { api, body, once } from '../../api/client';
import { asProblem } from '../../api/problem';
import type { components } from '../../api/schema';
import { named } from '../../ui/byName';
import { EvidenceFields, type EvidenceTyped } from '../../ui/EvidenceFields';
import { FormDialog } from '../../ui/FormDialog';
import { now } from '../../ui/clock';
import { fromLocalInput, toLocalInput } from '../../ui/localTime';
import { MomentField } from '../../ui/dates/DateFields';

type Lead = components['schemas']['LeadView'];

export interface LeadFormProps {
  lead: Lead;
  close: () => void;
}

const REFRESHES = [['leads'], ['todos'], ['reps']] as const;

/** The first contact with its proof, and every later one. */
export function TouchForm({ lead, close }: LeadFormProps) {
  const { t } = useTranslation();
  return (
    <FormDialog<EvidenceTyped & { note?: string }, Lead>
      open
      close={close}
      title={t('leads.touch.title', { company: lead.company })}
      submit={t('leads.touch.submit')}
      fields={['evidence_kind', 'reference', 'sha256', 'note']}
      refreshes={REFRESHES}
      send={({ evidence_kind, reference, sha256, note }, key) =>
        body(
          api.POST('/api/leads/{id}/touch', {
            params: { path: { id: lead.id } },
            headers: once(key),
            body: { evidence: [{ kind: evidence_kind, reference, sha256: sha256 || null }], note: note || null },
          }),
        )
      }
    >
      <p className="soft">{t('leads.touch.hint')}</p>
      <EvidenceFields />
      <Form.Item name="note" label={t('leads.touch.note')}>
        <Input.TextArea rows={2} maxLength={500} />
      </Form.Item>
    </FormDialog>
  );
}

interface ScreeningTyped {
  avatar: string;
  nickname: string;
  first_chat_at: string;
}

/** The screening form, after which follow-up rights exist. */
export function ScreeningForm({ lead, close }: LeadFormProps) {
  const { t } = useTranslation();
  return (
    <FormDialog<ScreeningTyped, Lead>
      open
      close={close}
      title={t('leads.screen.title', { company: lead.company })}
      fields={['avatar', 'nickname', 'first_chat_at']}
      initial={{ first_chat_at: toLocalInput(lead.touched_at ? new Date(lead.touched_at) : now()) }}
      refreshes={REFRESHES}
      send={({ avatar, nickname, first_chat_at }, key) =>
        body(
          api.PUT('/api/leads/{id}/screening', {
            params: { path: { id: lead.id } },
            headers: once(key),
            body: { avatar, nickname, first_chat_at: fromLocalInput(first_chat_at) ?? null },
          }),
        )
      }
    >
      <Form.Item name="nickname" label={t('leads.screen.nickname')} rules={[{ required: true, message: t('form.required') }]}>
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item name="avatar" label={t('leads.screen.avatar')} extra={t('leads.screen.avatarHint')} rules={[{ required: true, message: t('form.required') }]}>
        <Input maxLength={500} />
      </Form.Item>
      <Form.Item name="first_chat_at" label={t('leads.screen.firstChat')} rules={[{ required: true, message: t('form.required') }]}>
        <MomentField />
      </Form.Item>
    </FormDialog>
  );
}

/** Turns a screened lead into an opportunity. */
export function ConvertForm({ lead, close }: LeadFormProps) {
  const { t } = useTranslation();
  return (
    <FormDialog<{ subject: string }, Lead>
      open
      close={close}
      title={t('leads.convert.title', { company: lead.company })}
      submit={t('leads.convert.submit')}
      fields={['subject']}
      refreshes={REFRESHES}
      send={({ subject }, key) =>
        body(api.POST('/api/leads/{id}/convert', { params: { path: { id: lead.id } }, headers: once(key), body: { subject } }))
      }
    >
      <Form.Item name="subject" label={t('leads.convert.subject')} extra={t('leads.convert.hint')} rules={[{ required: true, message: t('form.required') }]}>
        <Input maxLength={200} />
      </Form.Item>
    </FormDialog>
  );
}

/** Gives a lead back to the pool. */
export function ReturnForm({ lead, close }: LeadFormProps) {
  const { t } = useTranslation();
  return (
    <FormDialog<{ reason: string }, Lead>
      open
      danger
      close={close}
      title={t('leads.return.title', { company: lead.company })}
      submit={t('leads.return.submit')}
      fields={['reason']}
      refreshes={REFRESHES}
      send={({ reason }, key) =>
        body(api.POST('/api/leads/{id}/return', { params: { path: { id: lead.id } }, headers: once(key), body: { reason } }))
      }
    >
      <Form.Item name="reason" label={t('form.reason')} rules={[{ required: true, message: t('form.required') }]}>
        <Input.TextArea rows={2} maxLength={500} />
      </Form.Item>
    </FormDialog>
  );
}

interface Assigned {
  to: string;
  reason: string;
}

export interface Outcome {
  lead: Lead;
  /** Why it stayed where it was; none when it was given. */
  refused?: string;
}

interface AssignProps {
  leads: readonly Lead[];
  close: () => void;
  onDone?: (outcomes: Outcome[]) => void;
}

/** Gives one lead or many to somebody. Each is a write of its own: what is refused is told, the others are given. */
export function AssignForm({ leads, close, onDone }: AssignProps) {
  const { t } = useTranslation();
  const reps = useQuery(repsQuery);
  const one = leads.length === 1 ? leads[0] : undefined;
  return (
    <FormDialog<Assigned, Outcome[]>
      open
      close={close}
      title={one ? t('leads.assign.titleOne', { company: one.company }) : t('leads.assign.title', { count: leads.length })}
      submit={t('leads.assign.submit')}
      fields={['to', 'reason']}
      refreshes={REFRESHES}
      send={(typed, key) => assignAll(leads, typed, key)}
      {...(onDone ? { onDone } : {})}
    >
      <Form.Item name="to" label={t('leads.assign.to')} rules={[{ required: true, message: t('form.required') }]}>
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          loading={reps.isPending}
          options={(reps.data ?? []).filter((rep) => rep.active).map((rep) => ({
            value: rep.person_id,
            label: `${rep.name} · ${t('leads.assign.load', { open: rep.open, limit: rep.open_limit })}`,
            disabled: rep.paused,
          }))}
        />
      </Form.Item>
      <Form.Item name="reason" label={t('form.reason')} extra={t('leads.assign.hint')} rules={[{ required: true, message: t('form.required') }]}>
        <Input.TextArea rows={2} maxLength={500} />
      </Form.Item>
    </FormDialog>
  );
}

export const repsQuery = {
  queryKey: ['reps'],
  meta: { follows: ['rep', 'lead'] },
  queryFn: async () => named(await body(api.GET('/api/reps'))),
};

async function assignAll(leads: readonly Lead[], { to, reason }: Assigned, key: string): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const lead of leads) {
    const call = api.POST('/api/leads/{id}/reassign', {
      params: { path: { id: lead.id } },
      headers: once(`${key}/${lead.id}`),
      body: { to, reason },
    });
    outcomes.push(await settle(lead, call, leads.length === 1));
  }
  return outcomes;
}

/** A single refusal belongs into the form; among many it is one line of the outcome. */
async function settle(lead: Lead, call: Promise<{ data?: Lead }>, alone: boolean): Promise<Outcome> {
  try {
    return { lead: await body(call) };
  } catch (thrown) {
    const problem = asProblem(thrown);
    if (alone || problem.isUnreachable) throw problem;
    return { lead, refused: [problem.title, ...problem.fields.map((field) => field.reason)].join(' ') };
  }
}
