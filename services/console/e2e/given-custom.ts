import type { Locator } from 'playwright-core';
import { onTestFinished } from 'vitest';

import { URL, actor } from './browser';
import { ask, tell } from './given-review';

export interface Field {
  id: string;
  resource: string;
  key: string;
  label: { zh: string; en: string };
  retired: boolean;
  version: number;
}

/** A record with the values of its own fields. */
export interface Custom {
  id: string;
  custom: Record<string, unknown>;
}

const SERVICES: Record<string, string> = { customer: 'crm', opportunity: 'crm', visit: 'crm', lead: 'lead-routing', quote: 'quote-contract' };
const OPERATIONS = 'yunying';
const placeOf = (resource: string) => `/api/custom-fields/${SERVICES[resource]}`;

let made = 0;
/** A key that nobody has; retired fields keep theirs. */
export const newKey = (about: string) => `${about}_${Date.now().toString(36)}${(made += 1)}`;

/** Changes a field as operations do elsewhere, whatever became of it meanwhile. */
export async function changeField({ resource, id }: Pick<Field, 'resource' | 'id'>, change: object): Promise<Field> {
  const operations = await actor(OPERATIONS);
  const field = (await ask<Field[]>(operations, placeOf(resource))).find((one) => one.id === id);
  if (!field) throw new Error(`there is no field ${id}`);
  const answer = await operations.request.patch(`${URL}${placeOf(resource)}/${id}`, { data: change, headers: { 'sec-fetch-site': 'same-origin', 'if-match': `"${field.version}"` } });
  if (!answer.ok()) throw new Error(await answer.text());
  return (await answer.json()) as Field;
}

/** A field of the organisation's own; after the test nobody is asked for it any more. */
export async function fieldOf(resource: string, draft: { label: { zh: string; en: string }; type: string; choices?: string[]; required?: boolean; position?: number }): Promise<Field> {
  const field = await tell<Field>(await actor(OPERATIONS), placeOf(resource), { resource, key: newKey(draft.label.en.toLowerCase() || draft.type), ...draft });
  onTestFinished(async () => {
    await changeField(field, { retired: true });
  });
  return field;
}

/** What an earlier run left behind is out of the way of this one. */
export async function retireAll(): Promise<void> {
  const operations = await actor(OPERATIONS);
  for (const place of new Set(Object.keys(SERVICES).map(placeOf))) {
    for (const field of (await ask<Field[]>(operations, place)).filter(({ retired }) => !retired)) await changeField(field, { retired: true });
  }
}

export const save = (form: Locator) => form.getByRole('button', { name: /保\s*存|Save/ }).click();
/** The input of a form with this label, and what is said beneath it. */
export const itemOf = (form: Locator, label: string) => form.locator('.ant-form-item', { hasText: label });
