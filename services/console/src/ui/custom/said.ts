import type { TFunction } from 'i18next';

import type { CustomField } from '../../api/customFields';
import type { Difference } from '../ConflictDialog';
import { day, exact } from '../format';
import { language } from '../../i18n';
import { labelIn } from './label';
import { type TypedCustom, customOf, typedOf } from './values';

/** A value as people read it; empty when there is none. */
export function said(value: unknown, type: CustomField['type'] | undefined, t: TFunction): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'boolean') return t(value ? 'custom.yes' : 'custom.no');
  if (typeof value === 'number') return exact(value);
  return type === 'date' ? day(String(value)) : String(value);
}

/** What it is called here. */
export const labelOf = (field: CustomField): string => labelIn(field, language());

/** Both versions of every field, for a record that another changed in between. */
export function customDifferences(fields: readonly CustomField[], mine: TypedCustom | undefined, theirs: object | undefined, t: TFunction): Difference[] {
  const [own, other] = [customOf(fields, mine), customOf(fields, typedOf(theirs))];
  return fields.map((field) => ({ field: labelOf(field), mine: said(own[field.key], field.type, t), theirs: said(other[field.key], field.type, t) }));
}
