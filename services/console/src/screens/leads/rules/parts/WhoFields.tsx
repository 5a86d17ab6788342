import { Radio, Select } from 'antd';
import { useTranslation } from 'react-i18next';

import type { FieldsProps } from '../PhraseEditor';
import { type Choice, choiceOf, withAction } from '../draft';
import { amountsOf, withAmounts, withChoice } from '../shares';
import { useOrgOptions } from '../useNames';
import { PeopleFields } from './PeopleFields';

const CHOICES: readonly Choice[] = ['candidates', 'split', 'org'];

/** Who gets the leads: people by weight or by percentage, or everybody in a place. */
export function WhoFields({ draft, edit }: FieldsProps) {
  const { t } = useTranslation();
  const places = useOrgOptions();
  const choice = choiceOf(draft.action);
  return (
    <div className="stack">
      <Radio.Group value={choice} onChange={(event) => edit({ ...draft, action: withChoice(draft.action, event.target.value as Choice) })} options={CHOICES.map((value) => ({ value, label: t(`rules.edits.choice.${value}`) }))} />
      {choice === 'org' ? (
        <Select className="wide" aria-label={t('rules.edits.org')} showSearch={{ optionFilterProp: 'label' }} value={draft.action.org ?? '/'} onChange={(org: string) => edit(withAction(draft, { org }))} options={places} />
      ) : (
        <PeopleFields kind={choice} amounts={amountsOf(draft.action)} change={(amounts) => edit({ ...draft, action: withAmounts(draft.action, choice, amounts) })} />
      )}
      <span className="soft">{t('rules.edits.whoHint')}</span>
    </div>
  );
}
