import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useTranslation } from 'react-i18next';

import type { FieldsProps } from '../PhraseEditor';
import { withCondition } from '../draft';
import { rulesQuery } from '../query';
import { labelOf } from '../sentence';
import { useSkills } from '../useNames';

/** Regions or industries: those in use are offered, others can be typed. */
export function TextListFields({ part, draft, edit }: FieldsProps & { part: 'regions' | 'industries' }) {
  const { t } = useTranslation();
  const rules = useQuery(rulesQuery);
  const skills = useSkills();
  const used = (rules.data ?? []).flatMap(({ condition }) => condition[part] ?? []);
  const offered = [...new Set([...used, ...(part === 'industries' ? skills : [])])];
  return (
    <div className="stack tight">
      <Select<string[]>
        className="wide"
        mode="tags"
        aria-label={labelOf(part, t)}
        placeholder={t('rules.edits.tags')}
        value={draft.condition[part]}
        onChange={(values) => edit(withCondition(draft, { [part]: values.map((value) => value.trim()).filter((value) => value !== '') }))}
        tokenSeparators={[',', '，', '、']}
        options={offered.map((value) => ({ value, label: value }))}
      />
      <span className="soft">{t(part === 'regions' ? 'rules.edits.regionsHint' : 'rules.edits.industriesHint')}</span>
    </div>
  );
}
