import { type Problem, asProblem } from '../api/problem';

/** Another changed the record in between: both versions, or why theirs could not be had. */
export type Meeting<Typed, Kept> = { is: 'both'; mine: Typed; theirs: Kept } | { is: 'unread'; mine: Typed; problem: Problem };

/** Asks for the version that is kept now; what was typed is never lost, whatever comes of it. */
export async function bothVersions<Typed, Kept>(mine: Typed, newest: () => Promise<Kept>): Promise<Meeting<Typed, Kept>> {
  try {
    return { is: 'both', mine, theirs: await newest() };
  } catch (thrown) {
    return { is: 'unread', mine, problem: asProblem(thrown) };
  }
}
