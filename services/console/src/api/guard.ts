/** What the server wants before it does what was asked: a session again, or a second factor. */
export type Need = 'sign_in' | 'step_up';

type Ask = (need: Need) => Promise<boolean>;

let ask: Ask | null = null;
const open = new Map<Need, Promise<boolean>>();

/** Tells who asks the person; there is one dialog for the whole page. */
export function setGuard(handler: Ask | null): void {
  ask = handler;
}

/** Asks the person once, however many requests wait; true when what was needed is given. */
export function satisfy(need: Need): Promise<boolean> {
  if (ask === null) return Promise.resolve(false);
  const waiting = open.get(need);
  if (waiting) return waiting;
  const asked = ask(need).finally(() => open.delete(need));
  open.set(need, asked);
  return asked;
}

/** What a refusal needs; none when asking the person does not help. */
export function needOf(status: number, code: string, path: string): Need | null {
  if (status !== 401 || path.startsWith('/api/session')) return null;
  if (code === 'step_up_required') return 'step_up';
  return code === 'unauthenticated' ? 'sign_in' : null;
}
