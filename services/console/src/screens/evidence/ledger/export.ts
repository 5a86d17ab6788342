import type { Bytes } from './bytes';

/** The first line of an export: which log it is and who may have signed it. */
export interface Header {
  service: string;
  tenant: string;
  keys: string[];
  at: string;
  size: number;
}

/** A record with its leaf hash as the service stored it; without an index while no checkpoint covers it. */
export interface RecordLine {
  index: number | null;
  hash: string;
  record: string;
}

export interface Trailer {
  leaves: number;
  unsealed: number;
  checkpoints: number;
  sha256: string;
}

export type Line = { header: Header } | { record: RecordLine } | { checkpoint: string } | { end: Trailer } | { unreadable: true };

export interface Placed {
  line: Line;
  /** From 1. */
  number: number;
  /** Where the line begins, in bytes. */
  start: number;
}

const FORMAT = 1;
const isText = (value: unknown): value is string => typeof value === 'string';
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

/** What one line says; anything of another shape is unreadable. */
export function lineOf(text: string): Line {
  let said: Record<string, unknown>;
  try {
    said = JSON.parse(text) as Record<string, unknown>;
  } catch {
    return { unreadable: true };
  }
  if (said === null || typeof said !== 'object') return { unreadable: true };
  if ('sluice_ledger' in said) return headerOf(said);
  if (isText(said.record) && isText(said.hash) && (said.index === null || isCount(said.index))) return { record: { index: said.index, hash: said.hash, record: said.record } };
  if (isText(said.checkpoint)) return { checkpoint: said.checkpoint };
  const end = said.end as Partial<Trailer> | undefined;
  if (end && isCount(end.leaves) && isCount(end.unsealed) && isCount(end.checkpoints) && isText(end.sha256)) return { end: end as Trailer };
  return { unreadable: true };
}

function headerOf({ sluice_ledger, service, tenant, keys, at, size }: Record<string, unknown>): Line {
  const fits = sluice_ledger === FORMAT && isText(service) && isText(tenant) && isText(at) && isCount(size) && Array.isArray(keys) && keys.every(isText);
  return fits ? { header: { service, tenant, at, size, keys: keys as string[] } } : { unreadable: true };
}

/** The lines of one or several exports. A last line without its end is unreadable. */
export function* linesOf(bytes: Bytes): Generator<Placed> {
  const text = new TextDecoder('utf-8', { fatal: false });
  let number = 0;
  for (let start = 0; start < bytes.length; ) {
    const end = bytes.indexOf(10, start);
    number += 1;
    if (end < 0) {
      yield { line: { unreadable: true }, number, start };
      return;
    }
    yield { line: lineOf(text.decode(bytes.subarray(start, end))), number, start };
    start = end + 1;
  }
}
