import dayjs, { type Dayjs } from 'dayjs';

import type { Language } from '../../i18n';

/** How forms keep a day and a moment, whatever the language shows: as the browser's own inputs would. */
export const KEPT_DAY = 'YYYY-MM-DD';
export const KEPT_MOMENT = 'YYYY-MM-DDTHH:mm';

const SHOWN: Record<Language, string> = { 'zh-CN': 'YYYY/MM/DD', en: 'MM/DD/YYYY' };

/** The first is shown, all can be typed. */
export const dayFormats = (language: Language): string[] => [SHOWN[language], KEPT_DAY];
export const momentFormats = (language: Language): string[] => [`${SHOWN[language]} HH:mm`, `${KEPT_DAY} HH:mm`, KEPT_MOMENT];

/** What a form holds, for the picker; nothing for what is no time. */
export function pickedOf(kept: string | null | undefined): Dayjs | null {
  const at = kept ? dayjs(kept) : null;
  return at?.isValid() ? at : null;
}

/** What was picked, for the form; empty when it was taken away. */
export const keptOf = (picked: Dayjs | null, format: string): string => picked?.format(format) ?? '';
