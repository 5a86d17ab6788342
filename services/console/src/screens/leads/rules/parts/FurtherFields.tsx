import { Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';

import type { FieldsProps } from '../PhraseEditor';
import { withCondition } from '../draft';
import type { Further } from '../query';

const FIELDS: readonly Further['field'][] = ['company', 'domain', 'note', 'industry', 'region'];
const COMPARISONS: readonly Further['comparison'][] = ['contains', 'is', 'is_not', 'starts_with'];

/** A condition on any field of a lead. */
export function FurtherFields({ at, draft, edit }: FieldsProps & { at: number }) {
  const { t } = useTranslation();
  const { further } = draft.condition;
  const one = further[at];
  if (!one) return null;
  const change = (changed: Partial<Further>) => edit(withCondition(draft, { further: further.map((other, place) => (place === at ? { ...other, ...changed } : other)) }));
  return (
    <div className="row">
      <Select style={{ width: 140 }} aria-label={t('rules.edits.field')} value={one.field} onChange={(field) => change({ field })} options={FIELDS.map((value) => ({ value, label: t(`rules.field.${value}`) }))} />
      <Select style={{ width: 120 }} aria-label={t('rules.edits.comparison')} value={one.comparison} onChange={(comparison) => change({ comparison })} options={COMPARISONS.map((value) => ({ value, label: t(`rules.say.comparison.${value}`) }))} />
      <Input style={{ width: 200 }} maxLength={100} aria-label={t('rules.edits.value')} value={one.value} onChange={(event) => change({ value: event.target.value })} />
    </div>
  );
}
