import { api, body } from '../../../api/client';
import type { Problem } from '../../../api/problem';
import type { components } from '../../../api/schema';

/** What a written sentence was read as. */
export type Read = components['schemas']['UnderstoodRule'];

export const read = (sentence: string): Promise<Read> => body(api.POST('/api/routing-rules/sentence', { body: { sentence } }));

/** A sentence around the word that was not understood. */
export interface Marked {
  before: string;
  word: string;
  after: string;
}

/** Where the word stands that a refusal names, as in `sentence[3..5]`; offsets count characters, not UTF-16 units. */
export function unclear(problem: Problem, sentence: string): Marked | null {
  const place = problem.fields.map(({ field }) => /^sentence\[(\d+)\.\.(\d+)\]$/.exec(field)).find((found) => found !== null);
  if (!place) return null;
  const [start, end] = [Number(place[1]), Number(place[2])];
  const characters = Array.from(sentence);
  const part = (from: number, to?: number) => characters.slice(from, to).join('');
  return { before: part(0, start), word: part(start, end), after: part(end) };
}
