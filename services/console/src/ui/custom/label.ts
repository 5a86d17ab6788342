import type { CustomField } from '../../api/customFields';

/** Its name in a language; the Chinese one where there is no other. */
export const labelIn = ({ label }: Pick<CustomField, 'label'>, language: string): string => (language === 'en' && label.en ? label.en : label.zh);
