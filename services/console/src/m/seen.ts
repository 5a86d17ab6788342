import { useCallback, useEffect, useState } from 'react';

import { type Problem, asProblem } from '../api/problem';
import { store, usePhone } from './phone';
import { onChanged } from './updates';

interface Kept<T> {
  data: T;
  at: string;
}

export interface Seen<T> {
  data: T | undefined;
  /** Since when nothing newer could be had; null when it is fresh. */
  since: string | null;
  problem: Problem | null;
  ask: () => void;
}

/** What the server says, or what it said last when it cannot be reached. */
export function useSeen<T>(name: string, load: () => Promise<T>, follows: readonly string[]): Seen<T> {
  const { me } = usePhone();
  const key = `${me.id}/${name}`;
  const [kept, setKept] = useState<Kept<T>>();
  const [fresh, setFresh] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const ask = useCallback(() => {
    load().then(
      (data) => {
        const now = { data, at: new Date().toISOString() };
        setKept(now);
        setFresh(true);
        setProblem(null);
        void store.put('seen', key, now);
      },
      (thrown: unknown) => {
        setFresh(false);
        setProblem(asProblem(thrown));
      },
    );
    // The loader belongs to the name.
  }, [key]);
  useEffect(() => {
    void store.get<Kept<T>>('seen', key).then((found) => setKept((now) => now ?? found));
    ask();
    const stop = onChanged(follows, ask);
    window.addEventListener('online', ask);
    return () => {
      stop();
      window.removeEventListener('online', ask);
    };
  }, [key, ask, follows]);
  return { data: kept?.data, since: kept && !fresh && problem ? kept.at : null, problem: kept ? null : problem, ask };
}
