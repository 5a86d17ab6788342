import { type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';

import { KeyKeeper } from './keys';
import { type Problem, asProblem } from './problem';

interface Options<In, Out> {
  /** Sends it; the key belongs into the request's headers. */
  send: (input: In, key: string) => Promise<Out>;
  /** Beginnings of the keys of what is asked again afterwards. */
  refreshes?: readonly QueryKey[];
  onDone?: (answer: Out, input: In) => void;
}

const TRIES = 3;

/** One write: sent again with the same key while the network fails, and followed by what it changes on the screen. */
export function useWrite<In, Out>({ send, refreshes = [], onDone }: Options<In, Out>) {
  const client = useQueryClient();
  const keys = useRef(new KeyKeeper());
  return useMutation<Out, Problem, In>({
    mutationFn: async (input) => {
      const key = keys.current.keyFor(input);
      try {
        const answer = await send(input, key);
        keys.current.decided();
        return answer;
      } catch (thrown) {
        const problem = asProblem(thrown);
        if (!problem.isPassing) keys.current.decided();
        throw problem;
      }
    },
    retry: (count, problem) => problem.isPassing && problem.status !== 429 && count + 1 < TRIES,
    retryDelay: (count) => 400 * 2 ** count,
    onSuccess: async (answer, input) => {
      onDone?.(answer, input);
      await Promise.all(refreshes.map((queryKey) => client.invalidateQueries({ queryKey })));
    },
  });
}
