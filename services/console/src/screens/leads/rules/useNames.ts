import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import { orgQuery, peopleQuery, useOrgName, usePeople } from '../../../api/directory';
import { repsQuery } from '../forms';
import { byName } from '../../../ui/byName';
import type { Names } from './sentence';

/** What the people and places in rules are called. Reps come first: there are more of them than on a page of the directory. */
export function useNames(): Names {
  const { t } = useTranslation();
  const reps = useQuery(repsQuery);
  const directory = useQuery(peopleQuery);
  const people = usePeople();
  const org = useOrgName();
  const waiting = reps.isPending || directory.isPending;
  return useMemo(() => {
    const called = new Map((reps.data ?? []).map((rep) => [rep.person_id, rep.name]));
    const person = (id: string) => called.get(id) ?? people.get(id)?.name ?? (waiting ? '…' : t('person.unknown'));
    return { person, org };
  }, [reps.data, people, org, waiting, t]);
}

interface Option {
  value: string;
  label: string;
}

/** Everybody who takes leads, to choose from. */
export function useRepOptions(): Option[] {
  const reps = useQuery(repsQuery);
  const org = useOrgName();
  return useMemo(() => (reps.data ?? []).filter(({ active }) => active).map((rep) => ({ value: rep.person_id, label: `${rep.name} · ${org(rep.org)}` })), [reps.data, org]);
}

/** Every place of the organisation, to choose from. */
export function useOrgOptions(): Option[] {
  const { t } = useTranslation();
  const units = useQuery(orgQuery);
  return useMemo(() => {
    const below = (units.data ?? []).filter(({ path }) => path !== '/').map(({ path, name }) => ({ value: path, label: name }));
    return [{ value: '/', label: t('rules.edits.company') }, ...below];
  }, [units.data, t]);
}

/** What reps can do, to choose from; industries are among it. */
export function useSkills(): string[] {
  const reps = useQuery(repsQuery);
  return useMemo(() => [...new Set((reps.data ?? []).flatMap(({ skills }) => skills))].sort(byName), [reps.data]);
}
