import type { Custom, CustomField, Customised } from '../../api/customFields';

/** Values as forms have them: text, whatever the type. Empty is no value. */
export type TypedCustom = Readonly<Record<string, string | undefined>>;

type Typing = Pick<CustomField, 'key' | 'type'>;

/** Most digits that a number keeps on its way. */
const MOST_DIGITS = 15;

export const ofResource = (fields: readonly CustomField[], resource: Customised): CustomField[] => fields.filter((field) => field.resource === resource);

/** Those that forms ask for. */
export const liveOf = (fields: readonly CustomField[]): CustomField[] => fields.filter(({ retired }) => !retired);

/** `1，234.50 ` → `1234.50`; also what was typed with full-width digits. */
export function plainNumber(typed: string): string {
  return typed.normalize('NFKC').replace(/[,\s]/g, '').replace(/。/g, '.');
}

/** True when it can be sent as a number without losing a digit. */
export function isNumber(typed: string): boolean {
  const text = plainNumber(typed);
  const digits = text.replace(/[+\-.]/g, '').replace(/^0+/, '');
  return /^[+-]?(\d+(\.\d*)?|\.\d+)$/.test(text) && digits.length <= MOST_DIGITS;
}

/** A value as it is typed. */
function typedValue(value: unknown): string {
  return typeof value === 'number' ? value.toLocaleString('en', { useGrouping: false, maximumFractionDigits: 20 }) : String(value ?? '');
}

/** What is kept, to be changed. */
export function typedOf(custom: object | undefined): Record<string, string> {
  return Object.fromEntries(Object.entries(custom ?? {}).map(([key, value]) => [key, typedValue(value)]));
}

/** A typed value as the API has it; null when there is none. What is no number is sent as it stands: the server says so. */
function valueOf(type: CustomField['type'], typed: string | undefined): Custom[string] {
  const text = (typed ?? '').trim();
  if (text === '') return null;
  if (type === 'number' && isNumber(text)) return Number(plainNumber(text));
  return type === 'yes_no' ? text === 'true' : text;
}

/** What a new record is given. */
export function customOf(fields: readonly Typing[], typed: TypedCustom = {}): Custom {
  const given = fields.map(({ key, type }) => [key, valueOf(type, typed[key])] as const);
  return Object.fromEntries(given.filter(([, value]) => value !== null));
}

/** What is different from what was kept; null where there is nothing any more. */
export function changesOf(fields: readonly Typing[], typed: TypedCustom = {}, before: object = {}): Custom {
  const kept = before as Custom;
  const now = fields.map(({ key, type }) => [key, valueOf(type, typed[key])] as const);
  return Object.fromEntries(now.filter(([key, value]) => value !== (kept[key] ?? null)));
}

/** One value to be read. A field that is not known is said by its key. */
export interface Shown {
  key: string;
  field: CustomField | undefined;
  value: unknown;
}

/** What a record shows: every live field, then what retired ones still hold. */
export function shownOf(fields: readonly CustomField[], custom: object = {}): Shown[] {
  const values = new Map(Object.entries(custom).filter(([, value]) => value !== null));
  const retired = fields.filter((field) => field.retired && values.has(field.key));
  const known = [...liveOf(fields), ...retired].map((field) => ({ key: field.key, field, value: values.get(field.key) }));
  const unknown = [...values].filter(([key]) => !fields.some((field) => field.key === key)).map(([key, value]) => ({ key, field: undefined, value }));
  return [...known, ...unknown];
}
