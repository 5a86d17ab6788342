import type { Bilingual } from '../../../ui/bilingual';

/** One state change as the journal keeps it. */
export interface JournalRecord {
  id: string;
  tenant: string;
  service: string;
  aggregate: string;
  aggregate_id: string;
  version: number;
  type: string;
  at: string;
  actor: { kind: string; id: string; role: string };
  from: string | null;
  to: string | null;
  /** Somebody's words, or the system's sentence in both languages. */
  why: string | Bilingual | null;
  evidence: { kind: string; name: string; reference: string; sha256?: string | null }[];
  data: unknown;
  causation: string | null;
  correlation: string;
  prev: string;
}

/** `prev` of a record that is the first of its aggregate. */
export const NO_PREVIOUS = '0'.repeat(64);

const TEXTS = ['id', 'tenant', 'service', 'aggregate', 'aggregate_id', 'type', 'at', 'correlation', 'prev'] as const;

/** The record that a text says; undefined when it is none. */
export function recordOf(text: string): JournalRecord | undefined {
  try {
    const said = JSON.parse(text) as Partial<JournalRecord> & { v?: unknown };
    const fits = said.v === 1 && TEXTS.every((name) => typeof said[name] === 'string') && Number.isSafeInteger(said.version) && Array.isArray(said.evidence) && typeof said.actor === 'object';
    return fits ? (said as JournalRecord) : undefined;
  } catch {
    return undefined;
  }
}
