import { type Bytes, hex, toBase64 } from './bytes';
import type { Header, RecordLine, Trailer } from './export';
import type { Finding, FindingKind } from './finding';
import { Frontier, leafHash } from './merkle';
import { type Checkpoint, type Verifier, openCheckpoint, verifierOf } from './note';
import { type JournalRecord, NO_PREVIOUS, recordOf } from './record';

/** A record as it was read, and what covers it. */
export interface Checked {
  service: string;
  index: number | null;
  line: number;
  hash: string;
  computed: string;
  record: JournalRecord | null;
  text: string;
}

/** One log after it was read. */
export interface Log {
  service: string;
  tenant: string;
  keys: string[];
  leaves: number;
  unsealed: number;
  checkpoints: Checkpoint[];
  root: string;
}

const bytesOfHex = (text: string): Bytes => Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

/** Checks one export, line by line: hashes, chains of versions, the tree, and the signatures over its root. */
export class LogCheck {
  readonly findings: Finding[] = [];
  readonly records: Checked[] = [];
  private readonly frontier = new Frontier();
  private readonly chains = new Map<string, { version: number; hash: string }>();
  private readonly checkpoints: Checkpoint[] = [];
  private stated = { leaves: 0, unsealed: 0, checkpoints: 0 };
  private nextIndex = 0;
  /** Once the tree is known to differ, one cause is reported once. */
  private treeDiffers = false;

  private constructor(readonly header: Header, private readonly keys: readonly Verifier[], readonly startedAt: number) {}

  static async start(header: Header, line: number, startedAt: number): Promise<LogCheck> {
    const keys = await Promise.all(header.keys.map(verifierOf));
    const check = new LogCheck(header, keys.filter((key) => key !== undefined), startedAt);
    header.keys.forEach((key, at) => {
      if (!keys[at]) check.report('invalid_key', line, { stated: key });
    });
    return check;
  }

  private report(kind: FindingKind, line: number, more: Partial<Finding> = {}): void {
    this.findings.push({ service: this.header.service, kind, line, ...more });
  }

  /** A leaf or an unsealed record; `events` holds the ids of all records read so far. */
  async record(stated: RecordLine, line: number, events: Set<string>): Promise<void> {
    const computed = hex(await leafHash(stated.record));
    const record = recordOf(stated.record);
    const about = { index: stated.index, ...(record ? { eventId: record.id } : {}) };
    if (computed !== stated.hash) this.report('record_altered', line, { ...about, stated: stated.hash, found: computed });
    await this.place(stated, line, about);
    if (record) this.follow(record, stated.hash, line, about, events);
    else this.report('unreadable_record', line, about);
    this.records.push({ service: this.header.service, index: stated.index, line, hash: stated.hash, computed, record: record ?? null, text: stated.record });
  }

  /** Appends the stated hash: when only the text was altered, every root still fits and the record alone is named. */
  private async place({ index, hash }: RecordLine, line: number, about: Partial<Finding>): Promise<void> {
    if (index === null) {
      this.stated.unsealed += 1;
      return;
    }
    if (this.stated.unsealed > 0) this.report('out_of_place', line, about);
    if (index !== this.nextIndex) {
      this.report('leaf_out_of_sequence', line, { ...about, stated: String(index), found: String(this.nextIndex) });
      this.treeDiffers = true;
    }
    this.nextIndex = index + 1;
    await this.frontier.append(bytesOfHex(hash));
    this.stated.leaves += 1;
  }

  private follow(record: JournalRecord, hash: string, line: number, about: Partial<Finding>, events: Set<string>): void {
    if (record.service !== this.header.service || record.tenant !== this.header.tenant) this.report('foreign_record', line, about);
    if (events.has(record.id)) this.report('repeated_event', line, about);
    events.add(record.id);
    const chain = `${record.aggregate}/${record.aggregate_id}`;
    const before = this.chains.get(chain) ?? { version: 0, hash: NO_PREVIOUS };
    if (record.version !== before.version + 1) this.report('version_out_of_sequence', line, { ...about, stated: String(record.version), found: String(before.version + 1) });
    else if (record.prev !== before.hash) this.report('broken_chain', line, { ...about, stated: record.prev, found: before.hash });
    this.chains.set(chain, { version: record.version, hash });
  }

  async checkpoint(note: string, line: number): Promise<void> {
    this.stated.checkpoints += 1;
    const checkpoint = await openCheckpoint(note, this.keys);
    if (!checkpoint) return this.report('invalid_checkpoint', line, { stated: note.split('\n')[1] ?? '' });
    if (checkpoint.origin !== `sluice/${this.header.service}/${this.header.tenant}`) return this.report('foreign_checkpoint', line, { stated: checkpoint.origin });
    if (this.stated.unsealed > 0) this.report('out_of_place', line);
    await this.compare(checkpoint, line);
    this.checkpoints.push(checkpoint);
  }

  private async compare(checkpoint: Checkpoint, line: number): Promise<void> {
    const covered = this.covered();
    if (covered === checkpoint.size) this.report('repeated_checkpoint', line);
    if (this.treeDiffers) return;
    if (checkpoint.size !== this.frontier.size) {
      this.report('checkpoint_size', line, { stated: String(checkpoint.size), found: String(this.frontier.size) });
      this.treeDiffers = true;
      return;
    }
    const root = toBase64(await this.frontier.root());
    if (root === checkpoint.root) return;
    this.report('root_differs', line, { index: covered ?? 0, stated: checkpoint.root, found: root });
    this.treeDiffers = true;
  }

  private covered(): number | undefined {
    return this.checkpoints.at(-1)?.size;
  }

  /** The last line; `digest` is that of all bytes of the export before it. */
  end(trailer: Trailer, line: number, digest: string): void {
    for (const what of ['leaves', 'unsealed', 'checkpoints'] as const) {
      if (trailer[what] !== this.stated[what]) this.report('trailer_count', line, { stated: String(trailer[what]), found: String(this.stated[what]) });
    }
    if (trailer.sha256 !== digest) this.report('digest_differs', line, { stated: trailer.sha256, found: digest });
    if (this.header.size !== this.frontier.size) this.report('header_count', line, { stated: String(this.header.size), found: String(this.frontier.size) });
    if ((this.covered() ?? 0) < this.frontier.size) this.report('uncovered', line, { index: this.covered() ?? 0 });
  }

  truncated(line: number): void {
    this.report('truncated', line);
  }

  async log(): Promise<Log> {
    const { service, tenant, keys } = this.header;
    return { service, tenant, keys, leaves: this.stated.leaves, unsealed: this.stated.unsealed, checkpoints: this.checkpoints, root: toBase64(await this.frontier.root()) };
  }
}
