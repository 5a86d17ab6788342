import createClient from 'openapi-fetch';

import { language } from '../i18n';
import { needOf, satisfy } from './guard';
import { Problem, problemOf } from './problem';
import type { paths } from './schema';

async function reach(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new Problem(0, 'unreachable', '');
  }
}

/** Sends a request; asks for a second factor or a new session when the server wants one, and sends it again. */
export async function send(request: Request): Promise<Response> {
  const again = request.clone();
  const response = await reach(request);
  if (response.ok) return response;
  const problem = await problemOf(response);
  const need = needOf(problem.status, problem.code, new URL(request.url).pathname);
  if (need === null || !(await satisfy(need))) throw problem;
  const second = await reach(again);
  if (second.ok) return second;
  throw await problemOf(second);
}

/** Every call of the merged API, typed by its description. Refusals are thrown as `Problem`. */
export const api = createClient<paths>({ baseUrl: globalThis.location?.origin ?? '', fetch: send });

api.use({
  onRequest({ request }) {
    request.headers.set('accept-language', language());
    return request;
  },
});

/** The body of an answer. */
export async function body<T>(call: Promise<{ data?: T }>): Promise<T> {
  return (await call).data as T;
}

/** The header that makes a write happen once, however often it is sent. */
export function once(key: string): Record<string, string> {
  return { 'idempotency-key': key };
}

/** The headers of a write that must not overwrite another's change. */
export function seen(version: number, key: string): Record<string, string> {
  return { 'if-match': `"${version}"`, ...once(key) };
}
