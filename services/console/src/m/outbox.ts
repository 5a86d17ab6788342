import { Problem, asProblem } from '../api/problem';
import { type Send, announce, sendContent } from '../recording/upload';
import type { Store } from './store';
import { type Fate, type Waiting, inOrder } from './waiting';

/** Runs one at a time, over all tabs. */
export type Alone = <T>(does: () => Promise<T>) => Promise<T>;

/** Nobody continued an upload in time, or it is not known any more; how far it is, is answered without words. */
const isGone = ({ status, code }: Problem) => status === 404 || status === 410 || code === 'upload_abandoned';
const MOST_ANNOUNCED = 3;

/** Trying the same again later can succeed: no network, a busy server, or somebody who has to sign in first. */
function isLater(problem: Problem): boolean {
  return problem.isPassing || problem.status === 401 || problem.status >= 500 || problem.code === 'offset_conflict' || problem.code === 'upload_interrupted';
}

/** What waits on the phone until the server has it: never lost, never twice. */
export class Outbox {
  private readonly told = new Set<() => void>();

  constructor(
    private readonly store: Store,
    private readonly send: Send,
    private readonly owner: string,
    private readonly alone: Alone,
  ) {}

  async items(): Promise<Waiting[]> {
    const all = await this.store.all<Waiting>('outbox');
    return inOrder(all.filter((item) => item.owner === this.owner));
  }

  /** Is told whenever an item came, went or changed. */
  listen(told: () => void): () => void {
    this.told.add(told);
    return () => void this.told.delete(told);
  }

  /** Keeps an item; it is on the disk when this is done. */
  async keep(item: Waiting): Promise<void> {
    await this.store.put('outbox', item.id, item);
    this.told.forEach((tell) => tell());
  }

  async discard(id: string): Promise<void> {
    await this.store.remove('outbox', id);
    this.told.forEach((tell) => tell());
  }

  /** Tries to send everything that waits, oldest first; stops at what has to wait for the network. */
  flush(): Promise<void> {
    return this.alone(async () => {
      for (const { id } of await this.items()) {
        const fate = await this.try(id);
        if (fate.is === 'waiting') return;
      }
    });
  }

  /** Sends one item now, and tells what became of it. */
  one(id: string): Promise<Fate> {
    return this.alone(() => this.try(id));
  }

  private async try(id: string): Promise<Fate> {
    // Another tab may have sent it while this one waited for its turn.
    const item = await this.store.get<Waiting>('outbox', id);
    if (!item) return { is: 'sent', answer: null };
    if (item.state === 'refused') return { is: 'refused', item };
    await this.keep({ ...item, state: 'sending' });
    try {
      const answer = await this.deliver(item);
      await this.discard(id);
      return { is: 'sent', answer };
    } catch (thrown) {
      return this.settle(id, asProblem(thrown));
    }
  }

  private async settle(id: string, problem: Problem): Promise<Fate> {
    const item = await this.store.get<Waiting>('outbox', id);
    if (!item) return { is: 'sent', answer: null };
    if (isLater(problem)) {
      await this.keep({ ...item, state: 'waiting', reason: problem.code });
      return { is: 'waiting' };
    }
    const refused: Waiting = { ...item, state: 'refused', reason: problem.isAboutFields ? '' : problem.title || problem.code, fields: problem.fields };
    await this.keep(refused);
    return { is: 'refused', item: refused };
  }

  /** The recording first, because the record names it. */
  private async deliver(item: Waiting): Promise<unknown> {
    const recording = item.recording ? await this.deliverRecording(item) : undefined;
    const body = recording === undefined ? item.body : { ...item.body, recording_id: recording };
    const headers = { 'content-type': 'application/json', 'idempotency-key': item.key };
    const request = new Request(new URL(item.path, globalThis.location?.origin ?? 'http://localhost'), { method: item.method, headers, body: JSON.stringify(body) });
    const response = await this.send(request);
    return response.status === 204 ? null : response.json().catch(() => null);
  }

  private async deliverRecording(item: Waiting): Promise<string> {
    const { recording } = item;
    if (!recording) throw new Problem(-1, 'no_recording', '');
    if (recording.sent && recording.id) return recording.id;
    const bytes = new Blob([recording.bytes], { type: recording.type });
    const place = await this.announced(item, bytes);
    try {
      await sendContent(this.send, place.upload_url, bytes);
    } catch (thrown) {
      const announced = recording.announced ?? 0;
      if (!isGone(asProblem(thrown)) || announced >= MOST_ANNOUNCED) throw thrown;
      const { id: _, upload_url: __, ...fresh } = recording;
      return this.deliverRecording({ ...item, recording: { ...fresh, announced: announced + 1 } });
    }
    await this.remember(item, { ...place, sent: true });
    return place.id;
  }

  private async announced(item: Waiting, bytes: Blob): Promise<{ id: string; upload_url: string }> {
    const { id, upload_url, announced = 0 } = item.recording ?? {};
    if (id && upload_url) return { id, upload_url };
    const made = await announce(this.send, { bytes }, `${item.id}/recording/${announced}`);
    await this.remember(item, { id: made.id, upload_url: made.upload_url, announced });
    return { id: made.id, upload_url: made.upload_url };
  }

  /** What is known of the recording survives a closed tab: it goes on where it stood. */
  private async remember(item: Waiting, part: Partial<NonNullable<Waiting['recording']>>): Promise<void> {
    const kept = await this.store.get<Waiting>('outbox', item.id);
    if (kept?.recording) await this.keep({ ...kept, recording: { ...kept.recording, ...part } });
  }
}
