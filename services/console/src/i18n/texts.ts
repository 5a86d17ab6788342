import i18next, { type TFunction } from 'i18next';
import { createContext, use } from 'react';

/** The texts in the language that is on. */
export const Texts = createContext<TFunction>(i18next.t);

/** For what a list draws in every row: `useTranslation` builds an object for each place that it is used in. */
export const useTexts = (): TFunction => use(Texts);
