import { useEffect, useRef, useState } from 'react';

import { Problem, asProblem, problemOf } from '../../api/problem';
import type { Bytes } from './ledger/bytes';
import type { Verification } from './ledger/verify';
import type { Told } from './ledger/worker';

export type State = { step: 'idle' } | { step: 'fetching' | 'verifying'; progress: number } | { step: 'failed'; problem: Problem } | { step: 'done'; verification: Verification; from: string };

/** Verifies away from the page, so that it stays usable however long the ledger is. */
function inWorker(bytes: Bytes, progress: (share: number) => void, ended: AbortSignal): Promise<Verification> {
  const worker = new Worker(new URL('./ledger/worker.ts', import.meta.url), { type: 'module' });
  ended.addEventListener('abort', () => worker.terminate());
  return new Promise<Verification>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<Told>) => {
      if ('progress' in data) progress(data.progress);
      else if ('done' in data) resolve(data.done);
      else reject(new Error(data.failed));
    };
    worker.onerror = (event) => reject(new Error(event.message));
    worker.postMessage(bytes, [bytes.buffer]);
  }).finally(() => worker.terminate());
}

async function fetched(signal: AbortSignal): Promise<Bytes> {
  const response = await fetch('/api/ledger/export', { signal }).catch((error: unknown) => {
    if (signal.aborted) throw error;
    throw new Problem(0, 'unreachable', '');
  });
  if (!response.ok) throw await problemOf(response);
  return new Uint8Array(await response.arrayBuffer());
}

/** Takes an export, from the server or from a file, and says what is wrong with it. */
export function useVerification() {
  const [state, setState] = useState<State>({ step: 'idle' });
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);
  const begin = async (load: (signal: AbortSignal) => Promise<Bytes>, from: string) => {
    running.current?.abort();
    const control = new AbortController();
    running.current = control;
    const put = (next: State) => {
      if (!control.signal.aborted) setState(next);
    };
    put({ step: 'fetching', progress: 0 });
    try {
      const bytes = await load(control.signal);
      const verification = await inWorker(bytes, (progress) => put({ step: 'verifying', progress }), control.signal);
      put({ step: 'done', verification, from });
    } catch (thrown) {
      put({ step: 'failed', problem: asProblem(thrown) });
    }
  };
  return {
    state,
    fromServer: () => void begin(fetched, ''),
    fromFile: (file: File) => void begin(async () => new Uint8Array(await file.arrayBuffer()), file.name),
  };
}
