import { Checkbox } from 'antd';
import { useTranslation } from 'react-i18next';

import type { FieldsProps } from '../PhraseEditor';
import { withCondition } from '../draft';
import type { Source } from '../query';

const SOURCES: readonly Source[] = ['web_form', 'exhibition_qr', 'phone', 'wecom', 'dealer_api', 'csv_import', 'store_walk_in', 'repurchase'];

export function SourceFields({ draft, edit }: FieldsProps) {
  const { t } = useTranslation();
  return (
    <Checkbox.Group<Source>
      value={draft.condition.sources}
      onChange={(chosen) => edit(withCondition(draft, { sources: SOURCES.filter((source) => chosen.includes(source)) }))}
      options={SOURCES.map((value) => ({ value, label: t(`leads.source.${value}`) }))}
    />
  );
}
