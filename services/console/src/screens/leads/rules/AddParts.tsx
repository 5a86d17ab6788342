import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';

import { type Addable, CONDITIONS, type Draft, type Part, REQUIREMENTS, says } from './draft';

interface Props {
  draft: Draft;
  open: Part | null;
  add: (what: Addable) => void;
}

/** What the sentence does not say yet. */
export function AddParts({ draft, open, add }: Props) {
  const { t } = useTranslation();
  const left = (of: readonly Addable[]) => of.filter((what) => what === 'further' || (!says(draft, what) && open !== what));
  return (
    <>
      <Group label={t('rules.addCondition')} of={left(CONDITIONS)} add={add} />
      <Group label={t('rules.addRequirement')} of={left(REQUIREMENTS)} add={add} />
    </>
  );
}

function Group({ label, of, add }: { label: string; of: readonly Addable[]; add: (what: Addable) => void }) {
  const { t } = useTranslation();
  if (of.length === 0) return null;
  return (
    <div className="addable" role="group" aria-label={label}>
      <span className="soft">{label}</span>
      {of.map((what) => <Button key={what} size="small" type="dashed" icon={<PlusOutlined aria-hidden="true" />} onClick={() => add(what)}>{t(`rules.part.${what}`)}</Button>)}
    </div>
  );
}
