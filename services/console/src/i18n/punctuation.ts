import type { Language } from './index';

interface Marks {
  /** Between things of one kind. */
  list: string;
  /** Between whole sentences. */
  sentence: string;
  /** Between the name of something and what it is. */
  colon: string;
  open: string;
  close: string;
}

const MARKS: Record<Language, Marks> = {
  'zh-CN': { list: '、', sentence: '；', colon: '：', open: '（', close: '）' },
  en: { list: ', ', sentence: '; ', colon: ': ', open: ' (', close: ')' },
};

/** What stands between words, as each language writes it; also for the phone, which keeps its language itself. */
export const marks = (language: Language): Marks => MARKS[language];
