/** Several changes in one go are one question. */
const COLLECT_MS = 150;

type Tell = (aggregate: string | null) => void;
const listeners = new Set<Tell>();
let stream: EventSource | null = null;

function follow(): EventSource {
  const opened = new EventSource('/api/updates');
  const tell = (aggregate: string | null) => listeners.forEach((listener) => listener(aggregate));
  opened.addEventListener('changed', (event) => tell((JSON.parse((event as MessageEvent<string>).data) as { aggregate: string }).aggregate));
  opened.addEventListener('ask_again', () => tell(null));
  return opened;
}

/** Calls when records of these kinds have changed, until the answer is called. */
export function onChanged(follows: readonly string[], ask: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const listener: Tell = (aggregate) => {
    if (aggregate !== null && !follows.includes(aggregate)) return;
    timer ??= setTimeout(() => {
      timer = undefined;
      ask();
    }, COLLECT_MS);
  };
  listeners.add(listener);
  stream ??= follow();
  return () => {
    clearTimeout(timer);
    listeners.delete(listener);
  };
}

/** Nobody is signed in any more. */
export function stopFollowing(): void {
  stream?.close();
  stream = null;
}
