import { type Choice, choiceOf } from './draft';
import type { Action } from './query';

/** Somebody and how much of the leads they should get: a weight or a percentage. */
export interface Amount {
  person_id: string;
  amount: number;
}

/** The people of a rule with their weights or percentages. */
export function amountsOf(action: Action): Amount[] {
  return choiceOf(action) === 'split'
    ? action.split.map(({ person_id, percent }) => ({ person_id, amount: percent }))
    : action.candidates.map(({ person_id, weight = 1 }) => ({ person_id, amount: weight }));
}

export function withAmounts(action: Action, kind: Exclude<Choice, 'org'>, amounts: readonly Amount[]): Action {
  return {
    ...action,
    candidates: kind === 'candidates' ? amounts.map(({ person_id, amount }) => ({ person_id, weight: amount })) : [],
    split: kind === 'split' ? amounts.map(({ person_id, amount }) => ({ person_id, percent: amount })) : [],
  };
}

/** The same people by another measure; a place is kept for whoever comes back to it. */
export function withChoice(action: Action, choice: Choice): Action {
  if (choice === 'org') return { ...action, candidates: [], split: [] };
  const people = amountsOf(action).map(({ person_id }) => person_id);
  const someone = people.length > 0 ? people : [''];
  const amounts = choice === 'split' ? evenly(someone) : someone.map((person_id) => ({ person_id, amount: 1 }));
  return withAmounts(action, choice, amounts);
}

/** A hundred per cent in whole numbers, the first ones getting what is over. */
export function evenly(people: readonly string[]): Amount[] {
  const each = Math.floor(100 / people.length);
  const over = 100 - each * people.length;
  return people.map((person_id, at) => ({ person_id, amount: each + (at < over ? 1 : 0) }));
}

export const total = (amounts: readonly Amount[]): number => amounts.reduce((sum, { amount }) => sum + amount, 0);
