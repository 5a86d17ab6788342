import type { FieldData } from '@rc-component/form/lib/interface';

/** What people call fields of the form that is open, as it stands there; what has no name of its own is left out. */
export function labelsOf(fields: readonly FieldData[]): string[] {
  return [...new Set(fields.map(({ name }) => labelOf([name as string | number | (string | number)[]].flat().join('_'))))].filter((label) => label !== '');
}

function labelOf(id: string): string {
  const label = document.querySelector(`label[for="${CSS.escape(id)}"]`)?.textContent ?? document.getElementById(id)?.getAttribute('aria-label');
  return label?.trim() ?? '';
}
