/** One order for names in both languages: people of an organisation have Chinese names on English screens too. */
const collator = new Intl.Collator('zh-Hans-CN-u-co-pinyin', { numeric: true });

/** The order of two names, as a directory has them: by pinyin. */
export const byName = (one: string, other: string): number => collator.compare(one, other);

/** A copy in that order. */
export const named = <T extends { name: string }>(list: readonly T[]): T[] => [...list].sort((one, other) => byName(one.name, other.name));
