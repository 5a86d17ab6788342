import { useState } from 'react';

import type { Problem } from '../api/problem';

/** What a form of a record does when another changed it in between: both versions are shown, and the person decides. */
export function useConflict<Typed, Kept extends { version: number }>(seenVersion: number, close: () => void) {
  const [version, setVersion] = useState(seenVersion);
  const [conflict, setConflict] = useState<{ mine: Typed; theirs: Kept } | null>(null);
  return {
    /** The version that the next attempt has seen. */
    version,
    conflict,
    /** For a form's `onRefused`: takes over when the record is newer than what was seen. */
    onRefused: (newest: () => Promise<Kept>) => (problem: Problem, mine: Typed) => {
      if (!problem.isStale) return false;
      void newest().then((theirs) => setConflict({ mine, theirs }));
      return true;
    },
    /** For the dialog. */
    choices: {
      keepMine: () => {
        if (conflict) setVersion(conflict.theirs.version);
        setConflict(null);
      },
      keepTheirs: () => {
        setConflict(null);
        close();
      },
      close: () => setConflict(null),
    },
  };
}
