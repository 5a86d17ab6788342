import { Radio } from 'antd';
import { useTranslation } from 'react-i18next';

import type { FieldsProps } from '../PhraseEditor';
import { withAction } from '../draft';

export function LevelFields({ draft, edit }: FieldsProps) {
  const { t } = useTranslation();
  return (
    <Radio.Group
      value={draft.action.level}
      onChange={(event) => edit(withAction(draft, { level: event.target.value as 'senior' | 'novice' }))}
      options={(['senior', 'novice'] as const).map((value) => ({ value, label: t(`rules.edits.level.${value}`) }))}
    />
  );
}
