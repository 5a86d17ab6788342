import { Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';

import { type Amount, day, fromNow, fullMoment, money, moment, span } from './format';
import { now } from './clock';

export function Money({ of }: { of: Amount | null | undefined }) {
  return <span className="num">{of ? money(of) : '—'}</span>;
}

export function Moment({ at }: { at: string | null | undefined }) {
  if (!at) return <span className="soft">—</span>;
  return (
    <Tooltip title={fullMoment(at)}>
      <time className="num" dateTime={at}>{moment(at, now())}</time>
    </Tooltip>
  );
}

export function Day({ on }: { on: string | null | undefined }) {
  return on ? <time className="num" dateTime={on}>{day(on)}</time> : <span className="soft">—</span>;
}

/** A deadline: how far off it is, in red once it is over. */
export function Due({ at }: { at: string | null | undefined }) {
  const { t } = useTranslation();
  if (!at) return <span className="soft">—</span>;
  const over = new Date(at).getTime() < now().getTime();
  return (
    <Tooltip title={fullMoment(at)}>
      <time className={over ? 'num danger' : 'num'} dateTime={at}>{over ? t('due.over', { time: span(at, now()) }) : fromNow(at, now())}</time>
    </Tooltip>
  );
}
