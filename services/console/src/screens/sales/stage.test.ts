import { expect, test } from 'vitest';

import { asksReason, blockersOf, ordered, supplyOf } from './stage';

const missing = (field: string, code = 'field_missing') => ({ field, code, reason: { zh: '', en: '' } }) as never;
const move = (to: string, ...lacking: ReturnType<typeof missing>[]) => ({ to, title: { zh: '', en: '' }, missing: lacking }) as never;

test('what is missing is asked for where it can be given', () => {
  expect(supplyOf(missing('budgets.cost_floor'))).toBe('budget.cost_floor');
  expect(supplyOf(missing('decision_chain'))).toBe('visit');
  expect(supplyOf(missing('technical_confirmation', 'evidence_missing'))).toBe('evidence');
  expect(supplyOf(missing('signed_contract', 'evidence_missing'))).toBeNull();
  expect(supplyOf(missing('budgets_agree', 'gate_closed'))).toBeNull();
});

test('a reason is no closed gate: it is asked for with the move', () => {
  expect(blockersOf(move('lost', missing('reason')))).toEqual([]);
  expect(asksReason(move('needs', missing('reason')))).toBe(true);
  expect(asksReason(move('negotiation', missing('quotes')))).toBe(false);
});

test('forward first, back after it, giving up last', () => {
  const moves = [move('lost'), move('needs'), move('negotiation'), move('won')] as { to: string }[];
  expect(ordered(moves as never, 'proposal_quote').map((one) => one.to)).toEqual(['negotiation', 'won', 'needs', 'lost']);
});
