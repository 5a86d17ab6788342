import type { FieldProblem } from '../../api/problem';

/** What is wrong at one place of a text. */
export interface Mistake {
  line: number;
  column: number;
  reason: string;
}

/** `54:9` in a refusal is the fifty-fourth line's ninth character; what names no place stands at the beginning. */
export function mistakesOf(fields: readonly FieldProblem[]): Mistake[] {
  return fields.map(({ field, reason }) => {
    const [line, column] = field.split(':').map(Number);
    return { line: line && line > 0 ? line : 1, column: column && column > 0 ? column : 1, reason };
  });
}

/** Where a line begins and ends in the text. */
export function rangeOf(text: string, line: number): [number, number] {
  const lines = text.split('\n');
  const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  return [start, start + (lines[line - 1]?.length ?? 0)];
}

/** The text with the version that is published next. */
export function withVersion(yaml: string, version: number): string {
  return yaml.replace(/^version:\s*\d+/m, `version: ${version}`);
}

const TITLE = /\bid:\s*([\w.]+)\s*,?\s+title:\s*\{\s*zh:\s*([^,}]+?)\s*,\s*en:\s*([^}]+?)\s*\}/g;

/** What stages and moves are called, as the text itself says. */
export function titlesOf(yaml: string): ReadonlyMap<string, { zh: string; en: string }> {
  const titles = new Map<string, { zh: string; en: string }>();
  for (const [, id, zh, en] of yaml.matchAll(TITLE)) {
    if (id && zh && en) titles.set(id, { zh, en });
  }
  return titles;
}
