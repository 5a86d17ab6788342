import type { Amount } from '../../ui/format';

/** What two revisions are compared by. */
export interface Comparable {
  lines: readonly { product_code: string; name_zh: string; name_en: string; quantity: string; unit: string; list_price: Amount; discount_percent: string; net: Amount }[];
}

export const LINE_FIELDS = ['quantity', 'list_price', 'discount_percent', 'net'] as const;
export type LineField = (typeof LINE_FIELDS)[number];

type Line = Comparable['lines'][number];

/** One line in two revisions; one side is missing when it was added or left out. */
export interface LinePair {
  key: string;
  before: Line | undefined;
  after: Line | undefined;
  changed: ReadonlySet<LineField>;
}

const same = (one: Amount | string, other: Amount | string) => JSON.stringify(one) === JSON.stringify(other);

function changesOf(before: Line | undefined, after: Line | undefined): ReadonlySet<LineField> {
  if (!before || !after) return new Set(LINE_FIELDS);
  return new Set(LINE_FIELDS.filter((field) => !same(before[field], after[field])));
}

/** Numbers the lines of one product, so that the same product twice is compared one by one. */
function byKey(lines: readonly Line[]): Map<string, Line> {
  const seen = new Map<string, number>();
  return new Map(
    lines.map((line) => {
      const times = (seen.get(line.product_code) ?? 0) + 1;
      seen.set(line.product_code, times);
      return [`${line.product_code}#${times}`, line];
    }),
  );
}

/** The lines of two revisions side by side: first as they stand now, then those that were left out. */
export function compareLines(before: Comparable, after: Comparable): LinePair[] {
  const [left, right] = [byKey(before.lines), byKey(after.lines)];
  const keys = [...right.keys(), ...[...left.keys()].filter((key) => !right.has(key))];
  return keys.map((key) => ({ key, before: left.get(key), after: right.get(key), changed: changesOf(left.get(key), right.get(key)) }));
}
