import { type Bytes, hex, sha256 } from './bytes';
import { linesOf } from './export';
import type { Finding } from './finding';
import { type Checked, type Log, LogCheck } from './logCheck';

export interface Verification {
  logs: Log[];
  records: Checked[];
  findings: Finding[];
}

/** Told now and then how far it has come, 0 to 1. */
type Progress = (share: number) => void;
const TELL_EVERY = 200;

/** Verifies one or several exports, without asking anybody: whatever is wrong becomes a finding. */
export async function verify(bytes: Bytes, progress: Progress = () => undefined): Promise<Verification> {
  const result: Verification = { logs: [], records: [], findings: [] };
  const events = new Set<string>();
  const seen = new Set<string>();
  let open: LogCheck | null = null;
  let last = 0;
  const lost = (kind: Finding['kind'], line: number) => result.findings.push({ service: open?.header.service ?? '', kind, line });
  const close = async () => {
    if (!open) return;
    result.findings.push(...open.findings);
    result.records.push(...open.records);
    result.logs.push(await open.log());
    open = null;
  };
  for (const { line, number, start } of linesOf(bytes)) {
    last = number;
    if (number % TELL_EVERY === 0) progress(start / bytes.length);
    if ('header' in line) {
      open?.truncated(number);
      await close();
      const origin = `${line.header.service}/${line.header.tenant}`;
      open = await LogCheck.start(line.header, number, start);
      if (seen.has(origin)) lost('repeated_log', number);
      seen.add(origin);
    } else if ('unreadable' in line || !open) {
      lost('unreadable_line', number);
    } else if ('record' in line) {
      await open.record(line.record, number, events);
    } else if ('checkpoint' in line) {
      await open.checkpoint(line.checkpoint, number);
    } else {
      open.end(line.end, number, hex(await sha256(bytes.slice(open.startedAt, start))));
      await close();
    }
  }
  (open as LogCheck | null)?.truncated(last);
  await close();
  if (result.logs.length === 0) lost('no_export', 1);
  progress(1);
  return result;
}
