import { Select } from 'antd';
import { useTranslation } from 'react-i18next';

import type { FieldsProps } from '../PhraseEditor';
import { withAction } from '../draft';
import { labelOf } from '../sentence';
import { useSkills } from '../useNames';

export function SkillFields({ draft, edit }: FieldsProps) {
  const { t } = useTranslation();
  const skills = useSkills();
  return (
    <div className="stack tight">
      <Select<string[]>
        className="wide"
        mode="tags"
        aria-label={labelOf('skills', t)}
        placeholder={t('rules.edits.tags')}
        value={draft.action.skills}
        onChange={(values) => edit(withAction(draft, { skills: values.map((value) => value.trim()).filter((value) => value !== '') }))}
        tokenSeparators={[',', '，', '、']}
        options={skills.map((value) => ({ value, label: value }))}
      />
      <span className="soft">{t('rules.edits.skillsHint')}</span>
    </div>
  );
}
