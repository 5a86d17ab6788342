import { Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SetURLSearchParams } from 'react-router';

import type { CustomField, Customised } from '../../api/customFields';
import { SearchField } from '../SearchField';
import { DayField } from '../dates/DateFields';
import { yesAndNo } from './CustomInputs';
import { type CustomFilter as Filter, filterOf, textOf } from './filter';
import { labelOf } from './said';
import { useCustomFields } from './useCustomFields';
import { plainNumber } from './values';

interface Props {
  resource: Customised;
  search: [URLSearchParams, SetURLSearchParams];
}

/** The part of the address, and of the list's query. */
const NAME = 'custom';

/** Narrows a list to a value of one of the organisation's own fields: the field first, then what it holds. */
export function CustomFilter({ resource, search: [params, setParams] }: Props) {
  const { all } = useCustomFields(resource);
  const asked = filterOf(params.get(NAME));
  // A view may ask for what a retired field still holds.
  const fields = all.filter(({ key, retired }) => !retired || key === asked?.key);
  if (fields.length === 0) return null;
  const ask = (text: string | undefined) => {
    const next = new URLSearchParams(params);
    if (text) next.set(NAME, text);
    else next.delete(NAME);
    if (next.toString() !== params.toString()) setParams(next, { replace: true });
  };
  // Another view begins without the field that was chosen before.
  return <Chosen key={params.get('view')} fields={fields} asked={asked} ask={ask} />;
}

interface ChosenProps {
  fields: readonly CustomField[];
  asked: Filter | undefined;
  ask: (text: string | undefined) => void;
}

function Chosen({ fields, asked, ask }: ChosenProps) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<string | undefined>();
  const key = asked?.key ?? chosen;
  const field = fields.find((one) => one.key === key);
  const choose = (to: string | undefined) => {
    setChosen(to);
    ask(undefined);
  };
  // Without its value the field stays chosen: another value is next.
  const narrow = (to: string, value: string | undefined) => {
    setChosen(to);
    ask(textOf(to, value));
  };
  return (
    <>
      <Select<string>
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        style={{ width: 140 }}
        aria-label={t('custom.filter')}
        placeholder={t('custom.filter')}
        value={key ?? null}
        onChange={(to: string | undefined) => choose(to)}
        options={fields.map((one) => ({ value: one.key, label: labelOf(one) }))}
      />
      {field ? <Value key={field.id} field={field} value={asked?.value ?? ''} change={(value) => narrow(field.key, value)} /> : null}
    </>
  );
}

interface ValueProps {
  field: CustomField;
  value: string;
  change: (value: string | undefined) => void;
}

function Value({ field, value, change }: ValueProps) {
  const { t } = useTranslation();
  const label = labelOf(field);
  switch (field.type) {
    case 'text':
      return <SearchField width={160} label={label} value={value} onSearch={change} />;
    case 'number':
      return <SearchField width={160} label={label} value={value} onSearch={(typed) => change(plainNumber(typed))} />;
    case 'date':
      return <DayField width={150} aria-label={label} value={value} onChange={change} />;
    default:
      return (
        <Select<string>
          allowClear
          style={{ width: 130 }}
          aria-label={label}
          placeholder={t('custom.choose')}
          value={value || null}
          onChange={(to: string | undefined) => change(to)}
          options={field.type === 'yes_no' ? yesAndNo(t) : field.choices.map((one) => ({ value: one, label: one }))}
        />
      );
  }
}
