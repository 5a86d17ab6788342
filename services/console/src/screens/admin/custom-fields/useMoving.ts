import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { CustomField } from '../../../api/customFields';
import { labelOf } from '../../../ui/custom/said';
import { moved } from '../../../ui/placing';
import { type Direction, moveButton } from './MoveButtons';
import type { FieldWrites } from './useFieldWrites';

/** Moves fields by one place, says where each is now, and keeps the keyboard where it was. */
export function useMoving(live: readonly CustomField[], { place, busy }: FieldWrites) {
  const { t } = useTranslation();
  const [told, setTold] = useState('');
  const kept = useRef<string | null>(null);
  useEffect(() => {
    if (kept.current) document.getElementById(kept.current)?.focus();
    kept.current = null;
  }, [told]);
  const move = (field: CustomField, by: Direction) => {
    const from = live.indexOf(field);
    const to = by === 'up' ? from - 1 : from + 1;
    if (busy || from < 0 || live[to] === undefined) return;
    place(moved(live, from, to), () => {
      setTold(t('custom.admin.nowAt', { name: labelOf(field), place: to + 1, count: live.length }));
      // At either end the button that was pressed can be pressed no more: the keyboard goes on with the other one.
      kept.current = moveButton(field.id, to === 0 ? 'down' : to === live.length - 1 ? 'up' : by);
    });
  };
  return { move, told };
}
