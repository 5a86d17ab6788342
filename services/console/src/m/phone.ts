import { createContext, useContext } from 'react';

import type { components } from '../api/schema';
import type { Outbox } from './outbox';
import { type Store, openStore } from './store';

export type Me = components['schemas']['WhoAmI'];

/** One database for the page; it is opened once. */
export const store: Store = openStore();

/** What every screen works with: who it is, and what waits to be sent. */
export interface Phone {
  me: Me;
  outbox: Outbox;
  signOut: () => void;
}

export const PhoneContext = createContext<Phone | null>(null);

export function usePhone(): Phone {
  const phone = useContext(PhoneContext);
  if (phone === null) throw new Error('nobody is signed in here');
  return phone;
}
