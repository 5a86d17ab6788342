import type { Duty, KeyPoint } from './query';

export type Change = 'same' | 'added' | 'removed' | 'changed';

/** A key point in two versions. */
export interface PointDifference {
  id: string;
  change: Change;
  before: KeyPoint | undefined;
  after: KeyPoint | undefined;
}

const ORDER: Record<Duty, number> = { must_say: 0, nice_to_say: 1, must_not_say: 2 };

export function inOrder(points: readonly KeyPoint[]): KeyPoint[] {
  return [...points].sort((one, other) => ORDER[one.duty] - ORDER[other.duty]);
}

const wording = ({ duty, text, paraphrases = [] }: KeyPoint) => JSON.stringify([duty, text, paraphrases]);

/** Points keep their id from version to version, whatever their words. */
export function pointDifferences(before: readonly KeyPoint[], after: readonly KeyPoint[]): PointDifference[] {
  const old = new Map(before.map((point) => [point.id, point]));
  const kept = inOrder(after).map((point): PointDifference => {
    const earlier = old.get(point.id);
    old.delete(point.id);
    const change = earlier === undefined ? 'added' : wording(earlier) === wording(point) ? 'same' : 'changed';
    return { id: point.id, change, before: earlier, after: point };
  });
  const removed = [...old.values()].map((point): PointDifference => ({ id: point.id, change: 'removed', before: point, after: undefined }));
  return [...kept, ...removed];
}

/** True when every word that was searched for stands somewhere in the texts. */
export function contains(texts: readonly (string | null | undefined)[], searched: string): boolean {
  const all = texts.filter(Boolean).join('\n').toLowerCase();
  return searched.toLowerCase().split(/\s+/).every((word) => all.includes(word));
}
