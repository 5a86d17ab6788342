import { type QueryClient, queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';

import { named } from '../ui/byName';
import { api, body } from './client';
import type { components } from './schema';

export type Person = components['schemas']['PersonView'];

const PAGE = 200;

/** A page of people by their names; the service orders by code points, which is no order to look somebody up in. */
export const inOrder = <P extends { items: Person[] }>(page: P): P => ({ ...page, items: named(page.items) });

/** The first page of the directory; whoever is not on it is asked for alone. */
export const peopleQuery = queryOptions({
  queryKey: ['people'],
  staleTime: 5 * 60_000,
  meta: { follows: ['person'] },
  queryFn: async () => inOrder(await body(api.GET('/api/people', { params: { query: { limit: PAGE } } }))),
});

function onePerson(client: QueryClient, id: string | null | undefined) {
  const known = client.getQueryData(peopleQuery.queryKey);
  return queryOptions({
    queryKey: ['people', id ?? ''],
    staleTime: 5 * 60_000,
    retry: false,
    enabled: Boolean(id) && known !== undefined && !known.items.some((person) => person.id === id),
    queryFn: () => body(api.GET('/api/people/{id}', { params: { path: { id: id ?? '' } } })),
  });
}

/** Somebody's name; undefined while it is not known. */
export function usePersonName(id: string | null | undefined): string | undefined {
  const client = useQueryClient();
  const people = useQuery(peopleQuery);
  const one = useQuery(onePerson(client, id));
  return people.data?.items.find((person) => person.id === id)?.name ?? one.data?.name;
}

const NOBODY: ReadonlyMap<string, Person> = new Map();
const byId = ({ items }: { items: Person[] }): ReadonlyMap<string, Person> => new Map(items.map((person) => [person.id, person]));
let indexed: { of: { items: Person[] }; people: ReadonlyMap<string, Person> } | undefined;

/** Everybody on the first page by id. One index serves every name on the screen. */
export function usePeople(): ReadonlyMap<string, Person> {
  const { data } = useQuery(peopleQuery);
  if (data === undefined) return NOBODY;
  if (indexed?.of !== data) indexed = { of: data, people: byId(data) };
  return indexed.people;
}

export const orgQuery = queryOptions({
  queryKey: ['org-units'],
  staleTime: 10 * 60_000,
  meta: { follows: ['org_unit'] },
  queryFn: () => body(api.GET('/api/org-units')),
});

/** What a place in the organisation is called. */
export function useOrgName(): (path: string) => string {
  const units = useQuery(orgQuery);
  return useMemo(() => {
    const names = new Map((units.data ?? []).map((unit) => [unit.path, unit.name]));
    return (path: string) => names.get(path) ?? path;
  }, [units.data]);
}
