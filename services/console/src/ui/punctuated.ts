import { language } from '../i18n';
import { marks } from '../i18n/punctuation';

/** 甲、乙; A, B */
export const listed = (names: readonly string[]): string => names.join(marks(language()).list);

/** Sentences one after another, as one line. */
export const sentences = (texts: readonly string[]): string => texts.join(marks(language()).sentence);

/** 痛点：; Pain: */
export const labelled = (label: string): string => `${label}${marks(language()).colon}`;

/** 税额（13%）; Tax (13%) */
export const bracketed = (text: string, inside: string): string => `${text}${marks(language()).open}${inside}${marks(language()).close}`;
