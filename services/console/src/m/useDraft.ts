import { useCallback, useEffect, useRef, useState } from 'react';

import { store, usePhone } from './phone';
import type { Typed } from './form';

interface Draft {
  /** The id that the write will have: typed twice or sent twice, it is one. */
  id: string;
  typed: Typed;
}

export interface Drafting {
  id: string;
  typed: Typed;
  /** True when something came back that was not sent. */
  restored: boolean;
  /** On the disk when this is done. */
  set: (name: string, value: unknown) => Promise<void>;
  forget: () => Promise<void>;
}

/** What is being typed is kept on the phone with every change; undefined until the phone was asked. */
export function useDraft(name: string, start: Draft): Drafting | undefined {
  const { me } = usePhone();
  const key = `${me.id}/${name}`;
  const [draft, setDraft] = useState<Draft & { restored: boolean }>();
  const latest = useRef<Draft>(start);
  useEffect(() => {
    void store.get<Draft>('drafts', key).then((found) => {
      latest.current = found ?? latest.current;
      setDraft({ ...latest.current, restored: found !== undefined });
    });
  }, [key]);
  const set = useCallback(
    (field: string, value: unknown) => {
      latest.current = { ...latest.current, typed: { ...latest.current.typed, [field]: value } };
      setDraft((before) => ({ ...latest.current, restored: before?.restored ?? false }));
      return store.put('drafts', key, latest.current);
    },
    [key],
  );
  const forget = useCallback(() => store.remove('drafts', key), [key]);
  return draft && { ...draft, set, forget };
}
