import { DatePicker, Grid, Input } from 'antd';
import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn';
import { useTranslation } from 'react-i18next';

import { language } from '../../i18n';
import { now } from '../clock';
import { KEPT_DAY, KEPT_MOMENT, dayFormats, keptOf, momentFormats, pickedOf } from './typed';

/** As a form's field gives them to its input. */
interface Props {
  id?: string;
  value?: string | null;
  onChange?: (typed: string) => void;
  /** Neither before nor after these days. */
  min?: string;
  max?: string;
  width?: number | string;
  size?: 'small' | 'middle';
  allowClear?: boolean;
  'aria-label'?: string;
}

const FAR = '9999-12-31';

// The library offers "now" by this machine's clock; a demonstration's is another one.
const shared = ({ min, max, width = '100%', value, onChange: _, ...rest }: Props) => ({
  ...rest,
  value: pickedOf(value),
  showNow: false,
  style: { width },
  ...(value ? {} : { defaultPickerValue: dayjs(now()) }),
  ...(min ? { minDate: dayjs(min) } : {}),
  ...(max ? { maxDate: dayjs(max) } : {}),
});

/** Phones have calendars of their own, as large as their screens. */
function OfThePhone({ type, min, max, width = '100%', value, onChange, allowClear, ...rest }: Props & { type: 'date' | 'datetime-local' }) {
  // Its cross empties it all the same: what must not be empty stays as it was.
  const change = (typed: string) => (typed || allowClear !== false ? onChange?.(typed) : undefined);
  return <Input {...rest} type={type} style={{ width }} value={value ?? ''} max={max ?? (type === 'date' ? FAR : `${FAR}T23:59`)} {...(min ? { min } : {})} onChange={(event) => change(event.target.value)} />;
}

const useIsNarrow = () => !(Grid.useBreakpoint().md ?? true);

/** A day, in the console's language rather than the browser's. */
export function DayField(props: Props) {
  useTranslation();
  if (useIsNarrow()) return <OfThePhone {...props} type="date" />;
  return <DatePicker {...shared(props)} format={dayFormats(language())} onChange={(picked) => props.onChange?.(keptOf(picked, KEPT_DAY))} />;
}

/** A day with its time. */
export function MomentField(props: Props) {
  useTranslation();
  if (useIsNarrow()) return <OfThePhone {...props} type="datetime-local" />;
  return <DatePicker {...shared(props)} showTime={{ format: 'HH:mm' }} needConfirm={false} format={momentFormats(language())} onChange={(picked) => props.onChange?.(keptOf(picked, KEPT_MOMENT))} />;
}

interface DaysProps {
  from: string;
  until: string;
  labels: { from: string; until: string };
  size?: 'small' | 'middle';
  change: (days: { from: string; until: string }) => void;
}

/** A span of days; it always has both ends. */
export function DaysFields({ from, until, labels, size = 'middle', change }: DaysProps) {
  return (
    <>
      <DayField allowClear={false} size={size} width={140} aria-label={labels.from} value={from} max={until} onChange={(to) => change({ from: to, until })} />
      <span className="soft" aria-hidden="true">–</span>
      <DayField allowClear={false} size={size} width={140} aria-label={labels.until} value={until} min={from} onChange={(to) => change({ from, until: to })} />
    </>
  );
}
