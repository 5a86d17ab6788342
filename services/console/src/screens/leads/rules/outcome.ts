import type { TFunction } from 'i18next';

import { byName } from '../../../ui/byName';
import type { Outcome, Share } from './dryRun';
import type { Names } from './sentence';

/** Where a lead goes, in words. */
export function outcomeText({ outcome, name, person_id, org }: Outcome, t: TFunction, names: Names): string {
  if (outcome === 'queue') return !org || org === '/' ? t('rules.dryRun.to.companyQueue') : t('rules.dryRun.to.queue', { org: names.org(org) });
  return t(`rules.dryRun.to.${outcome}`, { name: name ?? (person_id ? names.person(person_id) : t('person.unknown')) });
}

/** True when a lead goes to somebody or somewhere else. */
export function differs(before: Outcome, after: Outcome): boolean {
  return before.person_id !== after.person_id || (before.outcome === 'queue' && before.org !== after.org);
}

/** Those whose leads change most come first. */
export function byChange(people: readonly Share[]): Share[] {
  const change = ({ before, after }: Share) => Math.abs(after - before);
  return [...people].sort((one, other) => change(other) - change(one) || other.after - one.after || byName(one.name, other.name));
}

/** `+4`, `−2`, `0` */
export function signed(change: number): string {
  if (change === 0) return '0';
  return change > 0 ? `+${change}` : `−${-change}`;
}

/** How many leads went to nobody, and how many would. */
export function leftOver(people: readonly Share[], leads: number): { before: number; after: number } {
  const given = (when: 'before' | 'after') => people.reduce((sum, one) => sum + one[when], 0);
  return { before: leads - given('before'), after: leads - given('after') };
}
