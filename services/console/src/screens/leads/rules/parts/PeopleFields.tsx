import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';

import { type Amount, evenly, total } from '../shares';
import { useNames, useRepOptions } from '../useNames';

interface Props {
  kind: 'candidates' | 'split';
  amounts: readonly Amount[];
  change: (amounts: Amount[]) => void;
}

/** People and how much of the leads each should get. */
export function PeopleFields({ kind, amounts, change }: Props) {
  const { t } = useTranslation();
  const set = (at: number, changed: Partial<Amount>) => change(amounts.map((one, place) => (place === at ? { ...one, ...changed } : one)));
  const percent = kind === 'split';
  const sum = total(amounts);
  return (
    <div className="stack">
      <div className="candidate heads" aria-hidden="true"><span>{t('rules.edits.people')}</span><span>{t(percent ? 'rules.edits.percents' : 'rules.edits.weights')}</span></div>
      {amounts.map((one, at) => (
        <Person key={at} place={at + 1} percent={percent} one={one} taken={amounts.map(({ person_id }) => person_id)} only={amounts.length === 1} set={(changed) => set(at, changed)} drop={() => change(amounts.filter((_, place) => place !== at))} />
      ))}
      <div className="row">
        <Button size="small" type="dashed" icon={<PlusOutlined aria-hidden="true" />} onClick={() => change([...amounts, { person_id: '', amount: percent ? Math.max(0, 100 - sum) : 1 }])}>{t('rules.edits.addPerson')}</Button>
        {percent ? (
          <>
            <Button size="small" type="text" onClick={() => change(evenly(amounts.map(({ person_id }) => person_id)))}>{t('rules.edits.evenly')}</Button>
            <span className={sum === 100 ? 'soft' : 'danger'} role="status">{t('rules.edits.total', { total: sum })}</span>
          </>
        ) : null}
      </div>
    </div>
  );
}

interface PersonProps {
  place: number;
  percent: boolean;
  one: Amount;
  taken: readonly string[];
  only: boolean;
  set: (changed: Partial<Amount>) => void;
  drop: () => void;
}

function Person({ place, percent, one, taken, only, set, drop }: PersonProps) {
  const { t } = useTranslation();
  const names = useNames();
  const options = useRepOptions().map((option) => ({ ...option, disabled: option.value !== one.person_id && taken.includes(option.value) }));
  return (
    <div className="candidate">
      <Select aria-label={t('rules.edits.person', { place })} placeholder={t('rules.edits.person', { place })} showSearch={{ optionFilterProp: 'label' }} value={one.person_id || null} onChange={(person_id: string) => set({ person_id })} options={options} labelRender={({ value }) => names.person(String(value))} />
      <InputNumber aria-label={t(percent ? 'rules.edits.percent' : 'rules.edits.weight', { place })} min={1} max={100} precision={0} style={{ width: '100%' }} value={one.amount} onChange={(amount) => set({ amount: amount ?? 1 })} {...(percent ? { suffix: '%' } : {})} />
      <Button type="text" icon={<DeleteOutlined />} disabled={only} aria-label={t('rules.edits.dropPerson', { place })} onClick={drop} />
    </div>
  );
}
