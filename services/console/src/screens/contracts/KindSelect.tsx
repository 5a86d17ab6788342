import { useInfiniteQuery } from '@tanstack/react-query';
import { Form, Select } from 'antd';
import { useTranslation } from 'react-i18next';

import { clausesQuery } from './query';

const KNOWN = { destination: ['domestic', 'export'], customer_type: ['standard', 'government'] } as const;
const LISTS = { destination: 'destinations', customer_type: 'customer_types' } as const;

/** Where goods go or what kind of customer buys: the known ones, and those that legal has named in clauses. */
export function KindSelect({ field }: { field: keyof typeof KNOWN }) {
  const { t } = useTranslation();
  const clauses = useInfiniteQuery(clausesQuery);
  const named = clauses.data?.pages.flatMap((page) => page.items.flatMap((clause) => clause.required_for[LISTS[field]] ?? [])) ?? [];
  const values = [...new Set([...KNOWN[field], ...named])];
  return (
    <Form.Item name={field} label={t(`contracts.field.${field}`)} rules={[{ required: true, message: t('form.required') }]} className="grow">
      <Select options={values.map((value) => ({ value, label: t(`contracts.${field}.${value}`, { defaultValue: value }) }))} />
    </Form.Item>
  );
}
