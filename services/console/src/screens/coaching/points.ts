import type { KeyPoint, Score } from './query';

interface Version {
  version: number;
  points: KeyPoint[];
}

/** The key points that an answer was matched to; none when the words are not to be had any more. */
export function matchedPoints(score: Score | null | undefined, versions: readonly Version[] | null | undefined): readonly KeyPoint[] {
  return versions?.find(({ version }) => version === score?.talk_track_version)?.points ?? [];
}

export interface Judged {
  point: string;
  covered: boolean;
}

/** What the machine found about each point that is to be said. */
export function foundPoints(score: Score | null | undefined): Judged[] {
  const covered = (score?.covered ?? []).map(({ point }) => ({ point, covered: true }));
  return [...covered, ...(score?.missing ?? []).map(({ point }) => ({ point, covered: false }))];
}

/** Where the coach sees it otherwise. */
export function changedPoints(found: readonly Judged[], ticked: readonly string[]): Judged[] {
  return found.filter(({ point, covered }) => covered !== ticked.includes(point)).map(({ point, covered }) => ({ point, covered: !covered }));
}

const PASS_PERCENT = 60;

/** The decision that a score suggests; none without a score. */
export function suggestedDecision(percent: number | null | undefined): 'passed' | 'practice' | undefined {
  if (percent === null || percent === undefined) return undefined;
  return percent >= PASS_PERCENT ? 'passed' : 'practice';
}
