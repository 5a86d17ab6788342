import { type ReactNode, createContext, useCallback, useContext, useEffect, useMemo, useState } from 'react';

import { type Language, TEXTS, type Texts } from './texts';

/** The same place as the desk's: a choice holds for both. */
const STORED = 'sluice.language';

function preferred(): Language {
  const stored = localStorage.getItem(STORED);
  if (stored === 'zh-CN' || stored === 'en') return stored;
  const first = navigator.languages.find((tag) => tag.startsWith('zh') || tag.startsWith('en'));
  return first?.startsWith('en') ? 'en' : 'zh-CN';
}

interface Spoken {
  language: Language;
  texts: Texts;
  choose: (to: Language) => void;
}

const Context = createContext<Spoken | null>(null);

export function LanguageProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState(preferred);
  useEffect(() => {
    document.documentElement.lang = language;
    document.title = TEXTS[language].product;
  }, [language]);
  const choose = useCallback((to: Language) => {
    localStorage.setItem(STORED, to);
    setLanguage(to);
  }, []);
  const spoken = useMemo(() => ({ language, texts: TEXTS[language], choose }), [language, choose]);
  return <Context value={spoken}>{children}</Context>;
}

export function useSpoken(): Spoken {
  const spoken = useContext(Context);
  if (spoken === null) throw new Error('no language was chosen');
  return spoken;
}

export const useTexts = (): Texts => useSpoken().texts;
