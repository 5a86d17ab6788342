import { marks } from '../i18n/punctuation';
import { type Field, labelsOf } from './form';
import { useSpoken } from './language';
import type { Waiting } from './waiting';

interface Props {
  field: Field;
  value: unknown;
  error: string | undefined;
  change: (value: string) => void;
}

/** One field with its label and what is wrong with it. */
export function FieldInput({ field, value, error, change }: Props) {
  const { texts } = useSpoken();
  const shared = { name: field.name, value: String(value ?? ''), required: field.required, 'aria-invalid': error !== undefined, onChange: (event: { target: { value: string } }) => change(event.target.value) };
  return (
    <label>
      <span>{field.label}{field.required ? <span className="danger" aria-hidden="true"> *</span> : null}</span>
      {field.as === 'lines' ? <textarea rows={3} maxLength={2000} {...shared} /> : null}
      {field.as === 'line' ? <input maxLength={500} {...shared} /> : null}
      {field.as === 'number' ? <input inputMode="decimal" maxLength={40} {...shared} /> : null}
      {field.as === 'day' ? <input type="date" max="9999-12-31" {...shared} /> : null}
      {field.as === 'moment' ? <input type="datetime-local" {...shared} /> : null}
      {field.as === 'choice' ? <select {...shared}>{shared.value === '' && !field.options?.some((option) => option.value === '') ? <option value="" hidden>{texts.choose}</option> : null}{field.options?.map((option) => <option key={option.value} value={option.value}>{option.label}</option>)}</select> : null}
      {error === undefined ? null : <span className="error">{error}</span>}
    </label>
  );
}

/** Why the server did not take it; each reason with the name of its field. */
export function Refusal({ item }: { item: Waiting }) {
  const { texts, language } = useSpoken();
  const labels = labelsOf(item, texts, language);
  const named = (field: string) => labels.find(([name]) => field.startsWith(name))?.[1];
  return (
    <div className="refusal" role="alert">
      <strong>{[texts.refused, item.reason].filter(Boolean).join(marks(language).colon)}</strong>
      {item.fields && item.fields.length > 0 ? <ul>{item.fields.map(({ field, reason, remedy }) => <li key={field + reason}>{[named(field), remedy ? `${reason} ${remedy}` : reason].filter(Boolean).join(marks(language).colon)}</li>)}</ul> : null}
    </div>
  );
}
