import type { CustomField } from '../api/customFields';
import { type HandNode, PROOF, nextNode } from '../screens/collections/journey';
import { now } from '../ui/clock';
import { customOf } from '../ui/custom/values';
import { fromLocalInput, toLocalInput } from '../ui/localTime';
import { inputsOf, typedCustom } from './custom';
import type { Language, Texts } from './texts';
import type { PhoneTodo } from './todosOf';
import type { Waiting } from './waiting';

export type Typed = Record<string, unknown>;

export interface Field {
  name: string;
  label: string;
  as: 'line' | 'lines' | 'moment' | 'choice' | 'number' | 'day';
  required: boolean;
  options?: readonly { value: string; label: string }[];
}

/** What is sent for a form. */
export interface Write {
  method: 'POST' | 'PUT';
  path: string;
  body: Record<string, unknown>;
}

const DAY_MS = 24 * 3_600_000;
const DECISIONS = ['approve', 'reject'] as const;
const EVIDENCE = ['message', 'recording', 'file', 'link', 'text'] as const;
const line = (name: string, label: string, required = true): Field => ({ name, label, as: 'line', required });
const lines = (name: string, label: string, required = true): Field => ({ name, label, as: 'lines', required });
const moment = (name: string, label: string): Field => ({ name, label, as: 'moment', required: true });

function proofKinds(kinds: readonly string[], texts: Texts): Field['options'] {
  return kinds.map((value) => ({ value, label: texts.touch.kinds[value as keyof Texts['touch']['kinds']] }));
}

/** The fields of the form that does a to-do; what was typed may ask for more. */
export function fieldsOf(todo: PhoneTodo, texts: Texts, typed: Typed = {}): Field[] {
  switch (todo.kind) {
    case 'touch':
      return [{ name: 'kind', label: texts.touch.kind, as: 'choice', required: true, options: proofKinds(EVIDENCE, texts) ?? [] }, line('reference', texts.touch.reference), lines('note', texts.touch.note, false)];
    case 'screen':
      return [line('nickname', texts.screen.nickname), line('avatar', texts.screen.avatar), moment('first_chat_at', texts.screen.firstChat)];
    case 'convert':
      return [line('subject', texts.convert.subject)];
    case 'action': {
      const { own_field } = todo.about;
      return [
        line('own', texts.action.own[own_field as keyof Texts['action']['own']]), lines('summary', texts.action.summary), line('linked_communication', texts.action.linked),
        line('next_step', texts.action.nextStep), moment('next_step_at', texts.action.nextStepAt), moment('done_at', texts.action.doneAt),
      ];
    }
    case 'approval':
      return [{ name: 'decision', label: texts.approval.decision, as: 'choice', required: true, options: DECISIONS.map((value) => ({ value, label: texts.approval[value] })) }, lines('reason', texts.approval.reason, typed.decision === 'reject')];
    case 'receivable': {
      const to = nextNode(todo.about.node);
      if (to === null) return [];
      return [{ name: 'kind', label: texts.touch.kind, as: 'choice', required: true, options: proofKinds(PROOF[to].kinds, texts) ?? [] }, line('reference', texts.receivable.proof), lines('note', texts.touch.note, false)];
    }
  }
}

/** What stands in the form at the beginning. */
export function startOf(todo: PhoneTodo): Typed {
  const soon = toLocalInput(new Date(now().getTime() + 2 * DAY_MS));
  switch (todo.kind) {
    case 'touch':
      return { kind: EVIDENCE[0] };
    case 'screen':
      return { first_chat_at: toLocalInput(todo.about && 'touched_at' in todo.about && todo.about.touched_at ? new Date(todo.about.touched_at) : now()) };
    case 'convert':
      return {};
    case 'action':
      return { next_step_at: soon, done_at: toLocalInput(now()) };
    case 'approval':
      // A decision is taken, not left as it stood.
      return {};
    case 'receivable': {
      const to = nextNode(todo.about.node);
      return to === null ? {} : { kind: PROOF[to].kinds[0] };
    }
  }
}

const text = (typed: Typed, name: string) => String(typed[name] ?? '').trim();
const optional = (typed: Typed, name: string) => text(typed, name) || null;
const at = (typed: Typed, name: string) => fromLocalInput(text(typed, name)) ?? null;

/** The write that a filled form is. */
export function writeOf(todo: PhoneTodo, typed: Typed): Write {
  switch (todo.kind) {
    case 'touch':
      return { method: 'POST', path: `/api/leads/${todo.about.id}/touch`, body: { evidence: [{ kind: text(typed, 'kind'), reference: text(typed, 'reference'), sha256: null }], note: optional(typed, 'note') } };
    case 'screen':
      return { method: 'PUT', path: `/api/leads/${todo.about.id}/screening`, body: { nickname: text(typed, 'nickname'), avatar: text(typed, 'avatar'), first_chat_at: at(typed, 'first_chat_at') } };
    case 'convert':
      return { method: 'POST', path: `/api/leads/${todo.about.id}/convert`, body: { subject: text(typed, 'subject') } };
    case 'action':
      return {
        method: 'POST',
        path: `/api/actions/${todo.about.id}/done`,
        body: {
          [todo.about.own_field]: text(typed, 'own'), summary: text(typed, 'summary'), linked_communication: text(typed, 'linked_communication'),
          next_step: text(typed, 'next_step'), next_step_at: at(typed, 'next_step_at'), done_at: at(typed, 'done_at'),
        },
      };
    case 'approval':
      return { method: 'POST', path: `/api/approvals/${todo.about.id}/decide`, body: { decision: text(typed, 'decision'), reason: optional(typed, 'reason') } };
    case 'receivable': {
      const to = nextNode(todo.about.node) as HandNode;
      const evidence = { kind: text(typed, 'kind'), name: PROOF[to].name, reference: text(typed, 'reference'), sha256: null };
      return { method: 'POST', path: `/api/receivables/${todo.about.receivable_id}/advance`, body: { to, evidence, note: optional(typed, 'note') } };
    }
  }
}

export const DECISION_ROLES = ['decision_maker', 'technical_director', 'purchasing', 'finance', 'end_user', 'influencer', 'unknown'] as const;

/** The visit that a filled form is; the recording is named when it has been sent. */
export function visitOf(opportunity: { id: string; customer_id: string }, typed: Typed, clientId: string, fields: readonly CustomField[] = []): Write {
  const body = {
    customer_id: opportunity.customer_id,
    opportunity_id: opportunity.id,
    decision_chain: typed.decision_chain ?? [],
    note: optional(typed, 'note'),
    pain: optional(typed, 'pain'),
    competitor: optional(typed, 'competitor'),
    next_step: text(typed, 'next_step'),
    next_step_at: at(typed, 'next_step_at'),
    visited_at: typed.visited_at ?? null,
    client_id: clientId,
    custom: customOf(fields, typedCustom(typed)),
  };
  return { method: 'POST', path: '/api/visits', body };
}

/** The fields that still lack something. */
export function missingOf(fields: readonly Field[], typed: Typed): string[] {
  return fields.filter(({ name, required }) => required && text(typed, name) === '').map(({ name }) => name);
}

/** A visit's fields that are plain; whom one met and what was said have forms of their own. */
export function visitFieldsOf(texts: Texts): Field[] {
  return [line('pain', texts.visit.pain, false), line('competitor', texts.visit.competitor, false), line('next_step', texts.visit.next), moment('next_step_at', texts.visit.nextAt)];
}

/** What the fields of a waiting item are called, the longest name first. */
export function labelsOf({ kind, about, custom = [] }: Pick<Waiting, 'kind' | 'about' | 'custom'>, texts: Texts, language: Language): [string, string][] {
  const fields = kind === 'visit' ? [...visitFieldsOf(texts), ...inputsOf(custom, texts, language)] : fieldsOf(about as PhoneTodo, texts);
  const own: [string, string][] = kind === 'visit' ? [['decision_chain', texts.visit.met], ['note', texts.visit.note]] : [];
  const named = [...own, ...fields.map(({ name, label }): [string, string] => [name, label])];
  return named.sort(([one], [other]) => other.length - one.length);
}
