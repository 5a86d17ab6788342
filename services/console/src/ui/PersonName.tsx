import { useTranslation } from 'react-i18next';

import { usePersonName } from '../api/directory';

export function PersonName({ id }: { id: string | null | undefined }) {
  const { t } = useTranslation();
  const name = usePersonName(id);
  if (!id) return <span className="soft">{t('person.none')}</span>;
  return <span className="nowrap">{name ?? '…'}</span>;
}
