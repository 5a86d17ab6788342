import { queryOptions, useQuery } from '@tanstack/react-query';
import { createContext, useContext } from 'react';

import { api, body } from '../api/client';
import { asProblem } from '../api/problem';
import type { components } from '../api/schema';

export type Me = components['schemas']['WhoAmI'];
export type Role = components['schemas']['Role'];

/** Who is signed in; null when nobody is. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  staleTime: Infinity,
  retry: (count, error) => asProblem(error).isPassing && count < 2,
  queryFn: async (): Promise<Me | null> => {
    try {
      return await body(api.GET('/api/session'));
    } catch (thrown) {
      if (asProblem(thrown).status === 401) return null;
      throw thrown;
    }
  },
});

export const useSession = () => useQuery(sessionQuery);

const Context = createContext<Me | null>(null);
export const MeProvider = Context.Provider;

/** Whoever is signed in; only below the shell. */
export function useMe(): Me {
  const me = useContext(Context);
  if (me === null) throw new Error('nobody is signed in here');
  return me;
}

/** True when one of the person's roles is among these. */
export function hasRole(me: Me, roles: readonly Role[]): boolean {
  return me.roles.some((role) => roles.includes(role));
}
