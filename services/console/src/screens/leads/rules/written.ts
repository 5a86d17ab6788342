// The contract of POST /api/routing-rules/sentence, until `schema.d.ts` has it: then these types come from there and
// `read` calls `api` directly.
import type createClient from 'openapi-fetch';

import { api, body } from '../../../api/client';
import type { Problem } from '../../../api/problem';
import type { components } from '../../../api/schema';

/** What a written sentence was read as. */
interface Read {
  draft: components['schemas']['RuleDraft'];
  plain: string;
}

interface Paths {
  '/api/routing-rules/sentence': {
    post: {
      requestBody: { content: { 'application/json': { sentence: string } } };
      responses: { 200: { content: { 'application/json': Read } } };
    };
  };
}

const planned = api as unknown as ReturnType<typeof createClient<Paths>>;

export const read = (sentence: string): Promise<Read> => body(planned.POST('/api/routing-rules/sentence', { body: { sentence } }));

/** A sentence around the word that was not understood. */
export interface Marked {
  before: string;
  word: string;
  after: string;
}

/** Where the word stands that a refusal names; offsets count characters, not UTF-16 units. */
export function unclear(problem: Problem, sentence: string): Marked | null {
  const params = problem.fields.find(({ field }) => field === 'sentence')?.params;
  const { start, end } = { start: params?.start, end: params?.end };
  if (typeof start !== 'number' || typeof end !== 'number') return null;
  const characters = Array.from(sentence);
  const part = (from: number, to?: number) => characters.slice(from, to).join('');
  return { before: part(0, start), word: part(start, end), after: part(end) };
}
