import { Select } from 'antd';
import { useTranslation } from 'react-i18next';

import type { FieldsProps } from '../PhraseEditor';
import { withAction } from '../draft';
import { labelOf } from '../sentence';
import { useNames, useRepOptions } from '../useNames';

export function ExcludedFields({ draft, edit }: FieldsProps) {
  const { t } = useTranslation();
  const names = useNames();
  const options = useRepOptions();
  return (
    <Select<string[]>
      className="wide"
      mode="multiple"
      aria-label={labelOf('excluded', t)}
      showSearch={{ optionFilterProp: 'label' }}
      value={draft.action.excluded}
      onChange={(excluded) => edit(withAction(draft, { excluded }))}
      options={options}
      labelRender={({ value }) => names.person(String(value))}
    />
  );
}
