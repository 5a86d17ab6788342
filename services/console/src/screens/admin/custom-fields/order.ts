import type { CustomField } from '../../../api/customFields';

const before = (one: CustomField, other: CustomField) => one.position - other.position || (one.key < other.key ? -1 : 1);

/** As forms show them; retired ones have no place among them. */
export function inOrder(fields: readonly CustomField[]): { live: CustomField[]; retired: CustomField[] } {
  const sorted = [...fields].sort(before);
  return { live: sorted.filter(({ retired }) => !retired), retired: sorted.filter(({ retired }) => retired) };
}
