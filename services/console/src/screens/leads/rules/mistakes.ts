import type { TFunction } from 'i18next';

import type { FieldProblem } from '../../../api/problem';
import { type Draft, type Part, furtherPart } from './draft';

/** Something that is wrong, and the part of the sentence it belongs to; none when it belongs to the whole rule. */
export interface Mistake {
  part: Part | 'name' | null;
  reason: string;
}

const DIRECT: readonly string[] = ['sources', 'budget', 'regions', 'industries', 'level', 'skills', 'industry_skill', 'excluded', 'fallback'] satisfies Part[];
const WHO: readonly string[] = ['candidates', 'split', 'org'];

/** The part of the sentence that a field of the API is: `condition.further[1].value` is the second further condition. */
export function partOf(field: string): Mistake['part'] {
  const [group, name = '', at] = field.split(/[.[\]/]+/).filter((one) => one !== '');
  if (group === 'name') return 'name';
  if (group !== 'condition' && group !== 'action') return null;
  if (name === 'further') return furtherPart(Number(at ?? 0));
  if (WHO.includes(name)) return 'who';
  return DIRECT.includes(name) ? (name as Part) : null;
}

/** What the server says about a rule, by part. */
export function mistakesOf(fields: readonly FieldProblem[]): Mistake[] {
  return fields.map(({ field, reason, remedy }) => ({ part: partOf(field), reason: remedy ? `${reason} ${remedy}` : reason }));
}

/** Blanks that nobody has filled yet. */
export function blanks({ name, condition, action }: Draft, t: TFunction): Mistake[] {
  const { budget, further } = condition;
  const { candidates, split, fallback } = action;
  const bounds = budget ? Object.values(budget).filter((bound) => bound) : [];
  const missing: Mistake['part'][] = [
    ...(name.trim() === '' ? ['name' as const] : []),
    ...(budget && (bounds.length === 0 || bounds.some((bound) => bound?.amount === '')) ? ['budget' as const] : []),
    ...further.flatMap(({ value }, at) => (value.trim() === '' ? [furtherPart(at)] : [])),
    ...([...candidates, ...split].some(({ person_id }) => person_id === '') ? ['who' as const] : []),
    ...(fallback && ('owner' in fallback ? fallback.owner : fallback.queue) === '' ? ['fallback' as const] : []),
  ];
  return missing.map((part) => ({ part, reason: t('form.required') }));
}
