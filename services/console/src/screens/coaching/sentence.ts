import type { Score, Sentence } from './query';

/** What a sentence means for the score. */
export type Mark =
  | { kind: 'covered'; point: string }
  | { kind: 'forbidden'; point: string }
  | { kind: 'contradiction'; said: string; listed: string };

/** What the score found in each sentence, by its number. */
export function marksOf(score: Score | null | undefined): ReadonlyMap<number, readonly Mark[]> {
  const marks = new Map<number, Mark[]>();
  const add = (sentence: number, mark: Mark) => marks.set(sentence, [...(marks.get(sentence) ?? []), mark]);
  for (const { point, sentences } of score?.covered ?? []) for (const sentence of sentences) add(sentence, { kind: 'covered', point });
  for (const { point, sentence } of score?.forbidden ?? []) add(sentence, { kind: 'forbidden', point });
  for (const { sentence, said, listed } of score?.contradictions ?? []) add(sentence, { kind: 'contradiction', said, listed });
  return marks;
}

/** Where in the list the sentence is that is being said at a time; between two sentences it is the one before. */
export function placeAt(sentences: readonly Sentence[], atMs: number): number {
  let place = -1;
  for (const [index, sentence] of sentences.entries()) {
    if (sentence.start_ms > atMs) break;
    place = index;
  }
  return place;
}

/** Back goes to the beginning of the sentence first, and from there to the one before. */
const AT_ITS_BEGINNING_MS = 800;

/** The sentence that one step back or forward from a time leads to. */
export function stepFrom(sentences: readonly Sentence[], atMs: number, step: -1 | 1): Sentence | undefined {
  const place = placeAt(sentences, atMs);
  const current = sentences[place];
  if (step === -1 && current && atMs - current.start_ms > AT_ITS_BEGINNING_MS) return current;
  return sentences[Math.max(0, place + step)] ?? sentences.at(-1);
}

/** 83456 → `1:23` */
export function clock(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
