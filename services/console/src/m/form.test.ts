import { expect, test } from 'vitest';

import { fieldsOf, labelsOf, missingOf, startOf, visitOf, writeOf } from './form';
import { TEXTS } from './texts';
import type { PhoneTodo } from './todosOf';

const todo = (kind: string, about: object) => ({ kind, about }) as PhoneTodo;
const TODOS = [
  todo('touch', { id: '1' }), todo('screen', { id: '2', touched_at: '2026-11-28T01:00:00Z' }), todo('convert', { id: '3' }),
  todo('action', { id: '4', own_field: 'pain' }), todo('receivable', { receivable_id: '5', node: 1 }), todo('approval', { id: '6' }),
];

test('every form says what it lacks, and what it starts with is enough for the rest; no decision is filled in', () => {
  const missing = TODOS.map((one) => missingOf(fieldsOf(one, TEXTS['zh-CN']), startOf(one)));
  expect(missing).toEqual([['reference'], ['nickname', 'avatar'], ['subject'], ['own', 'summary', 'linked_communication', 'next_step'], ['reference'], ['decision']]);
});

test('a filled form is one write', () => {
  expect(writeOf(TODOS[0] as PhoneTodo, { kind: 'link', reference: ' a ', note: '' })).toEqual({ method: 'POST', path: '/api/leads/1/touch', body: { evidence: [{ kind: 'link', reference: 'a', sha256: null }], note: null } });
  expect(writeOf(TODOS[3] as PhoneTodo, { own: '停机', done_at: '2026-11-28T10:00' }).body).toMatchObject({ pain: '停机', done_at: new Date('2026-11-28T10:00').toISOString() });
  expect(writeOf(TODOS[4] as PhoneTodo, { kind: 'file', reference: 'x' }).body).toMatchObject({ to: 2, evidence: { name: 'invoice_receipt' } });
});

test('a rejection says why, and a decision is one write', () => {
  const approval = TODOS[5] as PhoneTodo;
  const typed = { decision: 'reject', reason: ' ' };
  expect(missingOf(fieldsOf(approval, TEXTS['zh-CN'], typed), typed)).toEqual(['reason']);
  expect(writeOf(approval, { decision: 'reject', reason: '请补充依据' })).toEqual({ method: 'POST', path: '/api/approvals/6/decide', body: { decision: 'reject', reason: '请补充依据' } });
  expect(writeOf(approval, { decision: 'approve' }).body).toEqual({ decision: 'approve', reason: null });
});

test('a visit tells the server its own id', () => {
  const { body } = visitOf({ id: 'o', customer_id: 'c' }, { decision_chain: ['finance'], next_step: '报价', note: ' ' }, 'me-1');
  expect(body).toMatchObject({ client_id: 'me-1', opportunity_id: 'o', customer_id: 'c', decision_chain: ['finance'], note: null, next_step: '报价' });
});

test('a refusal names the field that it is about', () => {
  const labels = labelsOf({ kind: 'visit', about: null }, TEXTS.en, 'en');
  expect(labels.find(([name]) => 'next_step_at'.startsWith(name))?.[1]).toBe('Next step on');
  expect(labels.find(([name]) => 'next_step'.startsWith(name))?.[1]).toBe('Next step');
});
