import type { CustomField } from '../api/customFields';
import type { FieldProblem } from '../api/problem';

export type WaitingKind = 'visit' | 'touch' | 'screen' | 'convert' | 'action' | 'approval' | 'receivable';

/** A voice note as it is kept; bytes survive in every browser's database, blobs do not. */
export interface KeptRecording {
  bytes: ArrayBuffer;
  type: string;
  /** Once announced: where its bytes go. */
  id?: string;
  upload_url?: string;
  /** How often it had to be announced, because nobody continued it in time. */
  announced?: number;
  sent?: boolean;
}

/** One write that waits to be sent. */
export interface Waiting {
  /** Chosen here once; a visit tells it to the server, which records a visit once for it. */
  id: string;
  /** Of this content: sending the same again is the same write. */
  key: string;
  /** Whose it is: nobody sends another's. */
  owner: string;
  kind: WaitingKind;
  /** The to-do or the opportunity that it is about, by its key. */
  concerns: string;
  /** What the person reads in the list. */
  title: string;
  made_at: string;
  method: 'POST' | 'PUT';
  path: string;
  body: Record<string, unknown>;
  /** What was typed, to edit it again. */
  typed: Record<string, unknown>;
  /** The record that the form is about. */
  about: unknown;
  /** The organisation's own fields that the form had. */
  custom?: readonly CustomField[];
  recording?: KeptRecording;
  state: 'waiting' | 'sending' | 'refused';
  /** Why it was refused, or what it waits for. */
  reason?: string;
  fields?: readonly FieldProblem[];
}

/** What became of one item after trying to send it. */
export type Fate = { is: 'sent'; answer: unknown } | { is: 'waiting' } | { is: 'refused'; item: Waiting };

/** Oldest first: a visit may rest on what was done before it. */
export function inOrder(items: readonly Waiting[]): Waiting[] {
  return [...items].sort((one, other) => one.made_at.localeCompare(other.made_at));
}
