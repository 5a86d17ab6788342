import { type Field, labelsOf } from './form';
import { useTexts } from './language';
import type { Waiting } from './waiting';

interface Props {
  field: Field;
  value: unknown;
  missing: boolean;
  change: (value: string) => void;
}

/** One field with its label and what is wrong with it. */
export function FieldInput({ field, value, missing, change }: Props) {
  const texts = useTexts();
  const shared = { name: field.name, value: String(value ?? ''), required: field.required, 'aria-invalid': missing, onChange: (event: { target: { value: string } }) => change(event.target.value) };
  return (
    <label>
      <span>{field.label}{field.required ? <span className="danger" aria-hidden="true"> *</span> : null}</span>
      {field.as === 'lines' ? <textarea rows={3} maxLength={2000} {...shared} /> : null}
      {field.as === 'line' ? <input maxLength={500} {...shared} /> : null}
      {field.as === 'moment' ? <input type="datetime-local" {...shared} /> : null}
      {field.as === 'choice' ? <select {...shared}>{field.options?.map((option) => <option key={option.value} value={option.value}>{option.label}</option>)}</select> : null}
      {missing ? <span className="error">{texts.required}</span> : null}
    </label>
  );
}

/** Why the server did not take it; each reason with the name of its field. */
export function Refusal({ item }: { item: Waiting }) {
  const texts = useTexts();
  const labels = labelsOf(item, texts);
  const named = (field: string) => labels.find(([name]) => field.startsWith(name))?.[1];
  return (
    <div className="refusal" role="alert">
      <strong>{texts.refused}：{item.reason}</strong>
      {item.fields && item.fields.length > 0 ? <ul>{item.fields.map(({ field, reason, remedy }) => <li key={field + reason}>{[named(field), remedy ? `${reason} ${remedy}` : reason].filter(Boolean).join('：')}</li>)}</ul> : null}
    </div>
  );
}
