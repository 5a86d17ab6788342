import { Radio, Select } from 'antd';
import { useTranslation } from 'react-i18next';

import type { FieldsProps } from '../PhraseEditor';
import { withAction } from '../draft';
import type { Action } from '../query';
import { useNames, useOrgOptions, useRepOptions } from '../useNames';

const KINDS = ['next', 'owner', 'queue'] as const;
type Kind = (typeof KINDS)[number];

function kindOf(fallback: Action['fallback']): Kind {
  if (fallback === null) return 'next';
  return 'owner' in fallback ? 'owner' : 'queue';
}

const START: Record<Kind, Action['fallback']> = { next: null, owner: { owner: '' }, queue: { queue: '' } };

/** What happens with a lead that fits when nobody can take it. */
export function FallbackFields({ draft, edit }: FieldsProps) {
  const { t } = useTranslation();
  const names = useNames();
  const [reps, places] = [useRepOptions(), useOrgOptions()];
  const { fallback } = draft.action;
  const change = (next: Action['fallback']) => edit(withAction(draft, { fallback: next }));
  return (
    <div className="stack">
      <Radio.Group value={kindOf(fallback)} onChange={(event) => change(START[event.target.value as Kind])} options={KINDS.map((value) => ({ value, label: t(`rules.edits.fallback.${value}`) }))} />
      {fallback && 'owner' in fallback ? (
        <Select className="wide" aria-label={t('rules.edits.fallbackOwner')} placeholder={t('rules.edits.fallbackOwner')} showSearch={{ optionFilterProp: 'label' }} value={fallback.owner || null} onChange={(owner: string) => change({ owner })} options={reps} labelRender={({ value }) => names.person(String(value))} />
      ) : null}
      {fallback && 'queue' in fallback ? (
        <Select className="wide" aria-label={t('rules.edits.fallbackQueue')} placeholder={t('rules.edits.fallbackQueue')} showSearch={{ optionFilterProp: 'label' }} value={fallback.queue || null} onChange={(queue: string) => change({ queue })} options={places} />
      ) : null}
    </div>
  );
}
