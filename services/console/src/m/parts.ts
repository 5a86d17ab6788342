import { readable } from '../recording/microphone';
import { store } from './phone';
import type { KeptRecording } from './waiting';

/** A second of a recording that still runs. */
interface Part {
  draft: string;
  number: number;
  bytes: ArrayBuffer;
  type: string;
}

let count = 0;
/** Parts are written one after the other, so that forgetting them comes after the last. */
let writing: Promise<void> = Promise.resolve();

async function of(draft: string): Promise<Part[]> {
  const all = await store.all<Part>('parts');
  return all.filter((part) => part.draft === draft).sort((one, other) => one.number - other.number);
}

const keyOf = ({ draft, number }: Pick<Part, 'draft' | 'number'>) => `${draft}/${number}`;

/** Keeps a part as it comes: a page that goes away in between takes a second with it, not the recording. */
export function keepPart(draft: string, part: Blob): void {
  count += 1;
  const number = count;
  writing = writing.then(async () => {
    const kept: Part = { draft, number, bytes: await part.arrayBuffer(), type: part.type };
    await store.put('parts', keyOf(kept), kept);
  }).catch(() => undefined);
}

/** A recording that broke off, as far as it came. */
export async function partsOf(draft: string): Promise<KeptRecording | undefined> {
  const parts = await of(draft);
  if (parts.length === 0) return undefined;
  const recording = await readable(parts.map(({ bytes }) => bytes), parts[0]?.type ?? '');
  return { bytes: await recording.arrayBuffer(), type: recording.type };
}

export async function forgetParts(draft: string): Promise<void> {
  await writing;
  for (const part of await of(draft)) await store.remove('parts', keyOf(part));
}
