import type { components } from '../api/schema';
import { type Todo, sorted, todoOfLead } from '../screens/home/todo';
import { now } from '../ui/clock';
import type { Me } from './phone';
import { get } from './api';

type Schema = components['schemas'];

/** What is done on the phone; the rest waits on the desk. */
export type PhoneTodo =
  | (Extract<Todo, { kind: 'touch' | 'screen' | 'convert' | 'pool' | 'action' | 'receivable' }> & { kind: 'touch' | 'screen' | 'convert' | 'action' | 'receivable' })
  | (Extract<Todo, { kind: 'approval' }> & { subject?: Subject });

/** What a decision is about, as far as the person may see it. */
export interface Subject {
  company: string;
  total: Schema['Money'];
}

const LIMIT = 50;
const SUBJECTS = 200;
export const FOLLOWS = ['lead', 'action', 'approval', 'quote', 'contract', 'receivable'] as const;

async function leads(me: Me): Promise<Todo[]> {
  const states = ['assigned', 'touched', 'screened'];
  const pages = await Promise.all(states.map((state) => get<{ items: Schema['LeadView'][] }>(`/api/leads?owner=${me.id}&state=${state}&limit=${LIMIT}`)));
  return pages.flatMap((page) => page.items.map(todoOfLead).filter((todo) => todo !== null));
}

async function actions(me: Me): Promise<Todo[]> {
  const page = await get<{ items: Schema['ActionView'][] }>(`/api/actions?rep_id=${me.id}&done=false&limit=${LIMIT}`);
  return page.items.map((about) => ({ kind: 'action', about }));
}

async function approvals(): Promise<Todo[]> {
  const page = await get<{ items: Schema['ApprovalView'][] }>('/api/approvals');
  const subjects = await subjectsOf(page.items);
  return page.items.map((about) => ({ kind: 'approval', about, subject: subjects.get(about.subject_id) }));
}

/** Quotes and contracts that wait for a decision: two lists, however many decisions there are. */
async function subjectsOf(asked: readonly Schema['ApprovalView'][]): Promise<Map<string, Subject>> {
  const wanted = (['quote', 'contract'] as const).filter((kind) => asked.some(({ subject_kind }) => subject_kind === kind));
  const pages = await Promise.all(wanted.map((kind) => get<{ items: (Subject & { id: string })[] }>(`/api/${kind}s?status=pending_approval&limit=${SUBJECTS}`).catch(() => ({ items: [] }))));
  return new Map(pages.flatMap(({ items }) => items.map(({ id, company, total }): [string, Subject] => [id, { company, total }])));
}

async function receivables(me: Me): Promise<Todo[]> {
  const steps = await get<Schema['NextStepView'][]>(`/api/receivables/next-steps?owner_id=${me.id}&limit=${LIMIT}`);
  return steps.map((about) => ({ kind: 'receivable', about }));
}

const COLLECTS = ['sales_rep', 'sales_manager', 'sales_director', 'finance'];
const APPROVES = ['sales_manager', 'sales_director', 'finance', 'legal', 'product_manager', 'product_director', 'technical_director', 'technical_lead'];
const OWNS = ['sales_rep', 'store_guide', 'sales_manager', 'sales_director'];

/** Everything that waits for somebody and can be done on a phone. */
export async function todosOf(me: Me): Promise<PhoneTodo[]> {
  const has = (roles: readonly string[]) => me.roles.some((role) => roles.includes(role));
  const lists = await Promise.all([...(has(OWNS) ? [leads(me), actions(me)] : []), ...(has(APPROVES) ? [approvals()] : []), ...(has(COLLECTS) ? [receivables(me)] : [])]);
  return sorted(lists.flat(), now()) as PhoneTodo[];
}
