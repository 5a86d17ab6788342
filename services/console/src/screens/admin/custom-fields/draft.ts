import type { CustomField, CustomFieldChange, Customised, NewCustomField } from '../../../api/customFields';
import { choicesOf, linesOf } from './choices';

/** A field as it is typed; what never changes is typed once. */
export interface Typed {
  label: { zh: string; en?: string };
  key?: string;
  type?: CustomField['type'];
  /** One a line. */
  choices?: string;
  required: boolean;
}

export function startOf(field: CustomField | null): Typed {
  if (field === null) return { label: { zh: '', en: '' }, key: '', type: 'text', choices: '', required: false };
  return { label: field.label, choices: linesOf(field.choices), required: field.required };
}

const labelOf = ({ label }: Typed) => ({ zh: label.zh.trim(), en: label.en?.trim() ?? '' });

/** What a new field is made of. */
export function draftOf(typed: Typed, resource: Customised, position: number): NewCustomField {
  const { key = '', type = 'text', choices = '', required } = typed;
  return { resource, key: key.trim(), label: labelOf(typed), type, ...(type === 'choice' ? { choices: choicesOf(choices) } : {}), required, position };
}

/** What a field is changed to; only one with choices is told of them. */
export function changeOf(typed: Typed, { type }: Pick<CustomField, 'type'>): CustomFieldChange {
  return { label: labelOf(typed), required: typed.required, ...(type === 'choice' ? { choices: choicesOf(typed.choices ?? '') } : {}) };
}
