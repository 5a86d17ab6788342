import type { TFunction } from 'i18next';

import { language } from '../../../i18n';
import { said } from './amount';
import { type Draft, type Part, choiceOf, furtherAt, furtherPart } from './draft';
import type { Action, Band, Further } from './query';

/** A piece of the sentence; those with a part can be opened. */
export interface Piece {
  text: string;
  part?: Part;
}

/** What people and places are called. */
export interface Names {
  person: (id: string) => string;
  org: (path: string) => string;
}

interface Voice {
  t: TFunction;
  names: Names;
}

type Written = Pick<Draft, 'condition' | 'action'>;

/** What a rule says, piece by piece, in the language of the page. The part that is open is said even while it is blank. */
export function piecesOf({ condition, action }: Written, voice: Voice, open: Part | null = null): Piece[] {
  const { t } = voice;
  const conditions = conditionPieces({ condition, action }, voice, open);
  const opening: Piece[] =
    conditions.length === 0
      ? [{ text: t('rules.say.all') }]
      : [{ text: t('rules.say.leads') }, ...joined(conditions, t('rules.say.and')), { text: t('rules.say.leadsEnd') }];
  const pieces: Piece[] = [
    ...opening,
    { text: t('rules.say.then') },
    { text: who(action, voice), part: 'who' },
    ...requirementPieces(action, voice, open).flatMap((piece) => [{ text: t('rules.say.comma') }, piece]),
    { text: t('rules.say.otherwise') },
    { text: fallback(action, voice), part: 'fallback' },
    { text: t('rules.say.end') },
  ];
  return pieces.filter(({ text }) => text !== '');
}

/** The whole sentence as text. */
export function plain(rule: Written, t: TFunction, names: Names): string {
  return piecesOf(rule, { t, names }).map(({ text }) => text).join('');
}

function joined(pieces: readonly Piece[], glue: string): Piece[] {
  return pieces.flatMap((piece, at) => (at === 0 ? [piece] : [{ text: glue }, piece]));
}

function conditionPieces({ condition }: Written, { t }: Voice, open: Part | null): Piece[] {
  const { sources, budget, regions, industries, further } = condition;
  const list = (part: 'sources' | 'regions' | 'industries', values: readonly string[]): Piece[] =>
    values.length > 0 || open === part ? [{ part, text: t(`rules.say.${part}`, { values: or(values, t) }) }] : [];
  return [
    ...list('sources', sources.map((source) => t(`rules.source.${source}`))),
    ...(budget || open === 'budget' ? [{ part: 'budget' as const, text: t('rules.say.budget', { band: band(budget, t) }) }] : []),
    ...list('regions', regions),
    ...list('industries', industries),
    ...further.map((one, at) => ({ part: furtherPart(at), text: furtherText(one, t) })),
  ];
}

const BOUNDS = ['at_least', 'over', 'at_most', 'below'] as const;

function band(of: Band | null, t: TFunction): string {
  const bounds = BOUNDS.flatMap((bound) => {
    const amount = of?.[bound];
    return amount ? [t(`rules.say.bound.${bound}`, { amount: amount.amount === '' ? t('rules.blank') : said(amount) })] : [];
  });
  return bounds.length === 0 ? t('rules.blank') : bounds.join(t('rules.say.boundAnd'));
}

function furtherText({ field, comparison, value }: Further, t: TFunction): string {
  return t('rules.say.further', { field: t(`rules.field.${field}`), comparison: t(`rules.say.comparison.${comparison}`), value: value === '' ? t('rules.blank') : value });
}

function who(action: Action, { t, names }: Voice): string {
  const called = (id: string) => (id === '' ? t('rules.blank') : names.person(id));
  switch (choiceOf(action)) {
    case 'split':
      return t('rules.say.split', { people: and(action.split.map(({ person_id, percent }) => t('rules.say.percent', { name: called(person_id), percent })), t) });
    case 'candidates':
      return t('rules.say.candidates', { people: or(weighed(action, called, t), t) });
    default:
      return action.org === null || action.org === '/' ? t('rules.say.anybody') : t('rules.say.org', { org: names.org(action.org) });
  }
}

/** Weights are said only when they differ: otherwise they change nothing. */
function weighed({ candidates }: Action, called: (id: string) => string, t: TFunction): string[] {
  const differ = new Set(candidates.map(({ weight = 1 }) => weight)).size > 1;
  return candidates.map(({ person_id, weight = 1 }) => (differ ? t('rules.say.weight', { name: called(person_id), weight }) : called(person_id)));
}

function requirementPieces({ level, skills, industry_skill, excluded }: Action, { t, names }: Voice, open: Part | null): Piece[] {
  return [
    ...(level || open === 'level' ? [{ part: 'level' as const, text: level ? t(`rules.say.level.${level}`) : t('rules.blank') }] : []),
    ...(skills.length > 0 || open === 'skills' ? [{ part: 'skills' as const, text: t('rules.say.skills', { values: and(skills, t) }) }] : []),
    ...(industry_skill ? [{ part: 'industry_skill' as const, text: t('rules.say.industrySkill') }] : []),
    ...(excluded.length > 0 || open === 'excluded' ? [{ part: 'excluded' as const, text: t('rules.say.excluded', { people: or(excluded.map(names.person), t) }) }] : []),
  ];
}

function fallback({ fallback: to }: Action, { t, names }: Voice): string {
  if (to === null) return t('rules.say.fallback.next');
  if ('queue' in to) return to.queue === '/' ? t('rules.say.fallback.companyQueue') : t('rules.say.fallback.queue', { org: to.queue === '' ? t('rules.blank') : names.org(to.queue) });
  return t('rules.say.fallback.owner', { name: to.owner === '' ? t('rules.blank') : names.person(to.owner) });
}

function list(values: readonly string[], type: 'conjunction' | 'disjunction', t: TFunction): string {
  return values.length === 0 ? t('rules.blank') : new Intl.ListFormat(language(), { type }).format(values);
}
const or = (values: readonly string[], t: TFunction) => list(values, 'disjunction', t);
const and = (values: readonly string[], t: TFunction) => list(values, 'conjunction', t);

/** What a part is called, for its editor and for what is wrong with it. */
export function labelOf(part: Part, t: TFunction): string {
  return t(`rules.part.${furtherAt(part) === undefined ? part : 'further'}`);
}
