import { expect, test } from 'vitest';

import { type Todo, sorted, todoOfLead, urgencyOf } from './todo';

const NOW = new Date('2026-11-28T12:00:00Z');
const lead = (id: string, state: string, touch_due_at?: string) => ({ id, state, touch_due_at }) as never;
const todo = (value: Todo | null) => value as Todo;

test('a lead asks for its next step', () => {
  expect(todoOfLead(lead('1', 'assigned'))?.kind).toBe('touch');
  expect(todoOfLead(lead('1', 'touched'))?.kind).toBe('screen');
  expect(todoOfLead(lead('1', 'screened'))?.kind).toBe('convert');
  expect(todoOfLead(lead('1', 'converted'))).toBeNull();
});

test('urgency follows the deadline', () => {
  expect(urgencyOf(todo(todoOfLead(lead('1', 'assigned', '2026-11-28T11:00:00Z'))), NOW)).toBe('over');
  expect(urgencyOf(todo(todoOfLead(lead('1', 'assigned', '2026-11-28T20:00:00Z'))), NOW)).toBe('soon');
  expect(urgencyOf(todo(todoOfLead(lead('1', 'assigned', '2026-12-05T20:00:00Z'))), NOW)).toBe('calm');
  expect(urgencyOf(todo(todoOfLead(lead('1', 'screened'))), NOW)).toBe('calm');
});

test('most urgent first, then by deadline, and what has none last', () => {
  const todos = [
    todoOfLead(lead('calm', 'screened')),
    todoOfLead(lead('later', 'assigned', '2026-11-28T11:30:00Z')),
    todoOfLead(lead('first', 'assigned', '2026-11-28T10:00:00Z')),
    todoOfLead(lead('soon', 'assigned', '2026-11-28T13:00:00Z')),
  ].map(todo);
  expect(sorted(todos, NOW).map(({ about }) => (about as { id: string }).id)).toEqual(['first', 'later', 'soon', 'calm']);
});

test('a practice is due at the end of its day', () => {
  const practice = { kind: 'practice', about: { id: 'p', due: '2026-11-28' } } as Todo;
  expect(urgencyOf(practice, NOW)).toBe('soon');
  expect(urgencyOf(practice, new Date('2026-11-28T16:30:00Z'))).toBe('over');
});
