import type { QueryClient } from '@tanstack/react-query';

/** Names of records as the bus has them. A query says in `meta.follows` which of them it shows. */
export type Aggregate = string;

declare module '@tanstack/react-query' {
  interface Register {
    queryMeta: { follows?: readonly Aggregate[] };
  }
}

/** What one tab tells the others: there is one stream per browser, not one per tab. */
type Notice = { aggregate: Aggregate } | 'ask_again';

const CHANNEL = 'sluice-updates';
/** Several changes in one go are one refresh. */
const COLLECT_MS = 120;

/** True when a query shows records of one of these kinds. */
export function concerns(follows: readonly Aggregate[] | undefined, changed: ReadonlySet<Aggregate>): boolean {
  return follows?.some((aggregate) => changed.has(aggregate)) ?? false;
}

/** Collects notices and then asks again for what they concern. */
export class Refresher {
  private readonly changed = new Set<Aggregate>();
  private everything = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly client: QueryClient) {}

  take(notice: Notice): void {
    if (notice === 'ask_again') this.everything = true;
    else this.changed.add(notice.aggregate);
    this.timer ??= setTimeout(() => this.refresh(), COLLECT_MS);
  }

  private refresh(): void {
    const [changed, everything] = [new Set(this.changed), this.everything];
    this.changed.clear();
    this.everything = false;
    this.timer = undefined;
    void this.client.invalidateQueries({
      predicate: ({ meta }) => (everything ? meta?.follows !== undefined : concerns(meta?.follows, changed)),
    });
  }

  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }
}

function openStream(tell: (notice: Notice) => void): EventSource {
  const stream = new EventSource('/api/updates');
  let broken = false;
  stream.addEventListener('open', () => {
    if (broken) tell('ask_again');
    broken = false;
  });
  stream.addEventListener('error', () => {
    broken = true;
  });
  stream.addEventListener('changed', (event) => {
    tell({ aggregate: (JSON.parse((event as MessageEvent<string>).data) as { aggregate: Aggregate }).aggregate });
  });
  stream.addEventListener('ask_again', () => tell('ask_again'));
  return stream;
}

/** Keeps what is on the screen fresh until the answer is called. */
export function followUpdates(client: QueryClient): () => void {
  const refresher = new Refresher(client);
  const channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = (event: MessageEvent<Notice>) => refresher.take(event.data);
  const ended = new AbortController();
  let stream: EventSource | undefined;
  const lead = () =>
    new Promise<void>((resolve) => {
      stream = openStream((notice) => {
        refresher.take(notice);
        channel.postMessage(notice);
      });
      ended.signal.addEventListener('abort', () => resolve());
    });
  if (navigator.locks) {
    navigator.locks.request(CHANNEL, { signal: ended.signal }, lead).catch(() => undefined);
  } else {
    void lead();
  }
  return () => {
    ended.abort();
    stream?.close();
    channel.close();
    refresher.stop();
  };
}
