import { useState } from 'react';

import { usePhone } from './phone';
import type { Drafting } from './useDraft';
import type { Fate, Waiting } from './waiting';

/** So long a form waits for its answer; then the outbox goes on alone. */
const PATIENCE_MS = 8_000;

type Item = Omit<Waiting, 'id' | 'key' | 'owner' | 'made_at' | 'state' | 'typed'>;

/** Puts a form into the outbox, tries it at once, and tells what became of it. */
export function useSubmit(drafting: Drafting | undefined) {
  const { me, outbox } = usePhone();
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<Waiting | null>(null);
  const submit = async (item: Item): Promise<Fate | null> => {
    if (!drafting || busy) return null;
    setBusy(true);
    try {
      const { id, typed } = drafting;
      const before = (await outbox.items()).find((one) => one.id === id);
      const recording = item.recording && before?.recording?.bytes.byteLength === item.recording.bytes.byteLength ? before.recording : item.recording;
      const { recording: _, ...rest } = item;
      await outbox.keep({ ...rest, ...(recording ? { recording } : {}), id, key: crypto.randomUUID(), owner: me.id, made_at: before?.made_at ?? new Date().toISOString(), state: 'waiting', typed: withoutBytes(typed) });
      void navigator.storage?.persist?.().catch(() => undefined);
      const later = new Promise<Fate>((resolve) => setTimeout(() => resolve({ is: 'waiting' }), PATIENCE_MS));
      const fate = await Promise.race([outbox.one(id), later]);
      if (fate.is === 'refused') setRefused(fate.item);
      else await drafting.forget();
      return fate;
    } finally {
      setBusy(false);
    }
  };
  return { submit, busy, refused };
}

/** The recording is kept once, beside what was typed. */
function withoutBytes(typed: Record<string, unknown>): Record<string, unknown> {
  const { recording: _, ...rest } = typed;
  return rest;
}
