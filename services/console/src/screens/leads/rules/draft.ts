import type { Action, Condition, Further, Rule } from './query';

/** A rule as it is written, with every part of it. */
export interface Draft {
  name: string;
  position: number;
  enabled: boolean;
  condition: Condition;
  action: Action;
}

/** A part of the sentence that can be opened. */
export type Part = 'sources' | 'budget' | 'regions' | 'industries' | `further.${number}` | 'who' | 'level' | 'skills' | 'industry_skill' | 'excluded' | 'fallback';

/** What can be added to a rule that lacks it; further conditions as often as somebody likes. */
export const CONDITIONS = ['sources', 'budget', 'regions', 'industries', 'further'] as const;
export const REQUIREMENTS = ['level', 'skills', 'industry_skill', 'excluded'] as const;
export type Addable = (typeof CONDITIONS)[number] | (typeof REQUIREMENTS)[number];

const ANY: Condition = { sources: [], budget: null, regions: [], industries: [], further: [] };
const ANYBODY: Action = { candidates: [], split: [], org: null, skills: [], industry_skill: false, excluded: [], level: null, fallback: null };
const NEW_FURTHER: Further = { field: 'company', comparison: 'contains', value: '' };

export function emptyDraft(position: number): Draft {
  return { name: '', position, enabled: true, condition: ANY, action: ANYBODY };
}

/** What can be written of a rule. */
export function draftOf({ name, position, enabled, condition, action }: Rule): Draft {
  return { name, position, enabled, condition: { ...ANY, ...condition }, action: { ...ANYBODY, ...action } };
}

export const furtherPart = (at: number): Part => `further.${at}`;

/** Which of the further conditions a part is; none for every other part. */
export function furtherAt(part: string): number | undefined {
  const found = /^further\.(\d+)$/.exec(part);
  return found ? Number(found[1]) : undefined;
}

/** True when a rule says something about this. */
export function says({ condition, action }: Draft, what: Addable): boolean {
  switch (what) {
    case 'budget': return condition.budget !== null;
    case 'level': return action.level !== null;
    case 'industry_skill': return action.industry_skill;
    case 'skills':
    case 'excluded': return action[what].length > 0;
    default: return condition[what].length > 0;
  }
}

/** The draft with a part begun, and which part that is. */
export function begun(draft: Draft, what: Addable): { draft: Draft; part: Part } {
  switch (what) {
    case 'further': {
      const further = [...draft.condition.further, NEW_FURTHER];
      return { draft: withCondition(draft, { further }), part: furtherPart(further.length - 1) };
    }
    case 'level': return { draft: withAction(draft, { level: 'senior' }), part: what };
    case 'industry_skill': return { draft: withAction(draft, { industry_skill: true }), part: what };
    default: return { draft, part: what };
  }
}

/** The draft without a part; who gets the leads and what happens otherwise is always said. */
export function without(draft: Draft, part: Part): Draft {
  const at = furtherAt(part);
  if (at !== undefined) return withCondition(draft, { further: draft.condition.further.filter((_, one) => one !== at) });
  switch (part) {
    case 'sources':
    case 'regions':
    case 'industries': return withCondition(draft, { [part]: [] });
    case 'budget': return withCondition(draft, { budget: null });
    case 'skills':
    case 'excluded': return withAction(draft, { [part]: [] });
    case 'level': return withAction(draft, { level: null });
    case 'industry_skill': return withAction(draft, { industry_skill: false });
    default: return draft;
  }
}

export const withCondition = (draft: Draft, changed: Partial<Condition>): Draft => ({ ...draft, condition: { ...draft.condition, ...changed } });
export const withAction = (draft: Draft, changed: Partial<Action>): Draft => ({ ...draft, action: { ...draft.action, ...changed } });

/** How a rule says who gets its leads: by weight, by percentage, or everybody in a place. */
export type Choice = 'candidates' | 'split' | 'org';

export function choiceOf({ candidates, split }: Action): Choice {
  if (split.length > 0) return 'split';
  return candidates.length > 0 ? 'candidates' : 'org';
}
