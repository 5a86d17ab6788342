import { Button, Drawer } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { RecordLink } from '../process/RecordLink';

interface Props {
  title: string;
  kind: string;
  ids: readonly string[];
  /** How many there are in all: the service names at most 500. */
  of: number;
  close: () => void;
}

const STEP = 30;

/** The records behind a figure. */
export function Records({ title, kind, ids, of, close }: Props) {
  const { t } = useTranslation();
  const [shown, setShown] = useState(STEP);
  return (
    <Drawer open onClose={close} size={460} title={title}>
      <ul className="reasons">{ids.slice(0, shown).map((id) => <li key={id}><RecordLink name={kind} id={id} /></li>)}</ul>
      {ids.length > shown ? <Button onClick={() => setShown(shown + STEP)}>{t('state.more')}</Button> : null}
      {of > ids.length ? <p className="soft">{t('reports.some', { shown: ids.length, count: of })}</p> : null}
    </Drawer>
  );
}
