import { expect, test } from 'vitest';

import { type Step, seatOf } from './query';

const step = (approver: string, role: Step['role'], asked = true, state = 'waiting') => ({ id: `${approver}${role}`, approver, role, state, asked_at: asked ? '2026-11-28T00:00:00Z' : null }) as Step;

test('one\'s own seat comes first, then one of one\'s role', () => {
  const approval = { status: 'pending', submitter: 'rep', steps: [step('other', 'finance'), step('me', 'finance')] };
  expect(seatOf(approval, { id: 'me', roles: ['finance'] })?.approver).toBe('me');
  expect(seatOf(approval, { id: 'third', roles: ['finance'] })?.approver).toBe('other');
  expect(seatOf(approval, { id: 'third', roles: ['legal'] })).toBeUndefined();
});

test('nobody decides on their own request, before their turn, or twice', () => {
  const steps = [step('me', 'finance')];
  expect(seatOf({ status: 'pending', submitter: 'me', steps }, { id: 'me', roles: ['finance'] })).toBeUndefined();
  expect(seatOf({ status: 'pending', submitter: 'rep', steps: [step('me', 'finance', false)] }, { id: 'me', roles: ['finance'] })).toBeUndefined();
  expect(seatOf({ status: 'pending', submitter: 'rep', steps: [step('me', 'finance', true, 'approved')] }, { id: 'me', roles: ['finance'] })).toBeUndefined();
  expect(seatOf({ status: 'approved', submitter: 'rep', steps }, { id: 'me', roles: ['finance'] })).toBeUndefined();
});
