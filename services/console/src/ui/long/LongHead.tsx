import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import type { Column } from './columns';
import { type Ticks, allTicked } from './ticks';

interface Props<T> {
  columns: readonly Column<T>[];
  rows: readonly T[];
  keyOf: (row: T) => string;
  ticks: Ticks<T> | undefined;
  opens: boolean;
}

export function LongHead<T>({ columns, rows, keyOf, ticks, opens }: Props<T>) {
  return (
    <div role="rowgroup" className="long-head">
      <div role="row" aria-rowindex={1} className="line">
        {ticks ? <div role="columnheader" className="cell lead"><TickAll rows={rows} keyOf={keyOf} ticks={ticks} /></div> : null}
        {opens ? <div role="cell" className="cell lead" /> : null}
        {columns.map(({ key, title, className, style }) => <div key={key} role="columnheader" className={className} style={style}>{title}</div>)}
      </div>
    </div>
  );
}

function TickAll<T>({ rows, keyOf, ticks }: { rows: readonly T[]; keyOf: (row: T) => string; ticks: Ticks<T> }) {
  const { t } = useTranslation();
  // Going through all rows is for when ticks change, not for every step of a scroll.
  const { all, some, next } = useMemo(() => allTicked(rows, keyOf, ticks), [rows, keyOf, ticks]);
  return <input type="checkbox" className="tick" aria-label={t('state.tickAll')} checked={all} ref={(box) => { if (box) box.indeterminate = some; }} onChange={() => ticks.onChange(next)} />;
}
