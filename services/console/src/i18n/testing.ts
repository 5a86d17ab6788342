import i18next from 'i18next';

import { en } from './en';
import { zh } from './zh';
import type { Language } from './index';

/** Starts translating without a browser. */
export async function setLanguageForTests(language: Language): Promise<void> {
  await i18next.init({ lng: language, showSupportNotice: false, resources: { [language]: { translation: language === 'en' ? en : zh } } });
}
