import type { Finding } from './ledger/finding';
import type { Checked, Log } from './ledger/logCheck';

/** A record with what was said about it and the first checkpoint that covers it. */
export interface Row extends Checked {
  key: string;
  findings: readonly Finding[];
  /** Size of the checkpoint; undefined while none covers it. */
  coveredBy: number | undefined;
}

/** The first checkpoint after a leaf: its signature is over a root that the leaf is part of. */
export function covering(log: Log | undefined, index: number | null): number | undefined {
  return index === null ? undefined : log?.checkpoints.find(({ size }) => size > index)?.size;
}

/** The records, newest first, each with its findings. */
export function rowsOf(records: readonly Checked[], logs: readonly Log[], findings: readonly Finding[]): Row[] {
  const byLine = new Map<number, Finding[]>();
  for (const finding of findings) byLine.set(finding.line, [...(byLine.get(finding.line) ?? []), finding]);
  const byService = new Map(logs.map((log) => [log.service, log]));
  const rows = records.map((record) => ({ ...record, key: String(record.line), findings: byLine.get(record.line) ?? [], coveredBy: covering(byService.get(record.service), record.index) }));
  return rows.sort((one, other) => (other.record?.at ?? '').localeCompare(one.record?.at ?? ''));
}

export interface Wanted {
  text: string;
  service: string | null;
  brokenOnly: boolean;
}

/** The rows in whose text every word occurs. */
export function found(rows: readonly Row[], { text, service, brokenOnly }: Wanted): Row[] {
  const words = text.toLowerCase().split(/\s+/).filter((word) => word !== '');
  return rows.filter((row) => (service === null || row.service === service) && (!brokenOnly || row.findings.length > 0) && words.every((word) => row.text.toLowerCase().includes(word)));
}
