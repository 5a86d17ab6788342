import type { CustomField } from '../api/customFields';
import { labelIn } from '../ui/custom/label';
import { type TypedCustom, isNumber } from '../ui/custom/values';
import type { Field, Typed } from './form';
import type { Language, Texts } from './texts';

const NAME = 'custom.';

/** They are typed beside the form's own fields, under the names by which the server speaks of them. */
export function inputsOf(fields: readonly CustomField[], texts: Texts, language: Language): Field[] {
  return fields.map((field) => ({ name: NAME + field.key, label: labelIn(field, language), required: field.required, ...kindOf(field, texts) }));
}

function kindOf({ type, choices }: CustomField, texts: Texts): Pick<Field, 'as' | 'options'> {
  const chosen = (options: Field['options'] = []): Pick<Field, 'as' | 'options'> => ({ as: 'choice', options: [{ value: '', label: texts.custom.none }, ...options] });
  switch (type) {
    case 'text':
      return { as: 'line' };
    case 'number':
      return { as: 'number' };
    case 'date':
      return { as: 'day' };
    case 'yes_no':
      return chosen([{ value: 'true', label: texts.custom.yes }, { value: 'false', label: texts.custom.no }]);
    case 'choice':
      return chosen(choices.map((value) => ({ value, label: value })));
  }
}

/** What was typed into them, by their keys. */
export function typedCustom(typed: Typed): TypedCustom {
  return Object.fromEntries(Object.entries(typed).flatMap(([name, value]) => (name.startsWith(NAME) ? [[name.slice(NAME.length), String(value ?? '')]] : [])));
}

/** Numbers that are none. */
export function noNumbers(fields: readonly Field[], typed: Typed): string[] {
  const text = (name: string) => String(typed[name] ?? '').trim();
  return fields.filter(({ as, name }) => as === 'number' && text(name) !== '' && !isNumber(text(name))).map(({ name }) => name);
}
