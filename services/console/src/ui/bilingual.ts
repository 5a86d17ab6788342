import { language } from '../i18n';

/** A text that the services keep in both languages. */
export interface Bilingual {
  zh: string;
  en: string;
}

export function bilingual(text: Bilingual): string {
  return language() === 'en' ? text.en : text.zh;
}
