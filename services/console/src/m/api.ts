import { Problem, problemOf } from '../api/problem';

const language = () => document.documentElement.lang || 'zh-CN';

/** Whoever shows the sign-in when the session has ended. */
let signedOut: () => void = () => undefined;
export function onSignedOut(tell: () => void): void {
  signedOut = tell;
}

/** Sends a request of the API; a refusal is thrown. */
export async function send(request: Request): Promise<Response> {
  request.headers.set('accept-language', language());
  const response = await fetch(request).catch(() => {
    throw new Problem(0, 'unreachable', '');
  });
  if (response.ok) return response;
  const problem = await problemOf(response);
  if (problem.status === 401 && problem.code === 'unauthenticated' && !new URL(request.url).pathname.startsWith('/api/session')) signedOut();
  throw problem;
}

export async function get<T>(path: string): Promise<T> {
  return (await (await send(new Request(path))).json()) as T;
}

export async function post<T>(path: string, body: unknown): Promise<T> {
  return (await (await send(new Request(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }))).json()) as T;
}
