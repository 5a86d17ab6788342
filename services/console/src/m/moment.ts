import type { Language } from './texts';

/** A moment in the person's own zone, short. */
export function moment(iso: string, language: Language): string {
  return new Intl.DateTimeFormat(language, { month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hour12: false }).format(new Date(iso));
}
