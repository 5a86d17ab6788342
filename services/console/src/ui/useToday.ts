import { useSyncExternalStore } from 'react';

import { now, onServerTime } from './clock';
import { dayOf } from './localTime';

const today = () => dayOf(now());

/** Today by the server's clock: a screen can be drawn before that is known, and its first dates are set right then. */
export const useToday = (): string => useSyncExternalStore(onServerTime, today);
