import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';

export type Language = 'zh-CN' | 'en';

const STORED = 'sluice.language';

/** What the person chose, or else what the browser prefers; Chinese when in doubt. */
export function preferred(stored: string | null, browser: readonly string[]): Language {
  if (stored === 'zh-CN' || stored === 'en') return stored;
  const first = browser.find((tag) => tag.startsWith('zh') || tag.startsWith('en'));
  return first?.startsWith('en') ? 'en' : 'zh-CN';
}

const load = {
  'zh-CN': async () => (await import('./zh')).zh,
  en: async () => (await import('./en')).en,
};

export function language(): Language {
  return i18next.language === 'en' ? 'en' : 'zh-CN';
}

export async function setLanguage(to: Language): Promise<void> {
  if (!i18next.hasResourceBundle(to, 'translation')) {
    i18next.addResourceBundle(to, 'translation', await load[to]());
  }
  await i18next.changeLanguage(to);
  localStorage.setItem(STORED, to);
  document.documentElement.lang = to;
}

/** True when the person chose a language here before. */
export function hasChosen(): boolean {
  return localStorage.getItem(STORED) !== null;
}

export async function startTranslating(): Promise<void> {
  const chosen = preferred(localStorage.getItem(STORED), navigator.languages);
  await i18next.use(initReactI18next).init({
    lng: chosen,
    resources: { [chosen]: { translation: await load[chosen]() } },
    interpolation: { escapeValue: false },
    showSupportNotice: false,
  });
  document.documentElement.lang = chosen;
}
