import type { FieldData } from '@rc-component/form/lib/interface';

import type { Problem } from '../api/problem';

/** `lines[0].unit_price` → `['lines', 0, 'unit_price']`, as forms name their fields. */
export function pathOf(field: string): (string | number)[] {
  return field
    .split(/[.[\]/]+/)
    .filter((part) => part !== '')
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}

/** True when a change of a form's values is about the field at this path, or one that holds it. */
export function touches(changed: unknown, path: readonly (string | number)[]): boolean {
  const [part, ...rest] = path;
  if (part === undefined) return true;
  if (typeof changed !== 'object' || changed === null) return changed !== undefined;
  return part in changed && touches((changed as Record<string | number, unknown>)[part], rest);
}

/** What the server says about single fields, for a form that has them; the rest is said above the form. A form knows a name with all below it, or one name below, as in `custom.size`. */
export function sortErrors(problem: Problem, known: readonly string[]): { inForm: FieldData[]; above: string[] } {
  const inForm: FieldData[] = [];
  const above: string[] = [];
  for (const { field, reason, remedy } of problem.fields) {
    const text = remedy ? `${reason} ${remedy}` : reason;
    const path = pathOf(field);
    if (known.includes(String(path[0])) || known.includes(path.join('.'))) inForm.push({ name: path, errors: [text] });
    else above.push(text);
  }
  return { inForm, above };
}
