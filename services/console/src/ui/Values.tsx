import { memo } from 'react';

import { useTexts } from '../i18n/texts';
import { type Amount, day, fromNow, fullMoment, money, moment, span } from './format';
import { now } from './clock';

// Lists draw these for every row while they are scrolled: they are drawn again only when what they show is another, and
// the whole moment is a plain title, which costs nothing until it is wanted.

export const Money = memo(({ of }: { of: Amount | null | undefined }) => {
  useTexts();
  return <span className="num">{of ? money(of) : '—'}</span>;
});

export const Moment = memo(({ at }: { at: string | null | undefined }) => {
  useTexts();
  if (!at) return <span className="soft">—</span>;
  return <time className="num" dateTime={at} title={fullMoment(at)}>{moment(at, now())}</time>;
});

export function Day({ on }: { on: string | null | undefined }) {
  return on ? <time className="num" dateTime={on}>{day(on)}</time> : <span className="soft">—</span>;
}

/** A deadline: how far off it is, in red once it is over. */
export const Due = memo(({ at }: { at: string | null | undefined }) => {
  const t = useTexts();
  if (!at) return <span className="soft">—</span>;
  const over = new Date(at).getTime() < now().getTime();
  return (
    <time className={over ? 'num danger' : 'num'} dateTime={at} title={fullMoment(at)}>{over ? t('due.over', { time: span(at, now()) }) : fromNow(at, now())}</time>
  );
});
