/** A list narrowed to one value of one field; `key:value` in the address and for the API. */
export interface CustomFilter {
  key: string;
  value: string;
}

/** Keys have no colon, values may. */
export function filterOf(text: string | null): CustomFilter | undefined {
  const colon = text?.indexOf(':') ?? -1;
  if (!text || colon < 1) return undefined;
  return { key: text.slice(0, colon), value: text.slice(colon + 1) };
}

/** None without a value. */
export function textOf(key: string, value: string | null | undefined): string | undefined {
  const asked = value?.trim() ?? '';
  return asked === '' ? undefined : `${key}:${asked}`;
}
