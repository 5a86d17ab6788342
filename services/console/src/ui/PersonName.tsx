import { memo } from 'react';

import { useTexts } from '../i18n/texts';
import { usePeople, usePersonName } from '../api/directory';

export const PersonName = memo(({ id }: { id: string | null | undefined }) => {
  const t = useTexts();
  const known = usePeople().get(id ?? '')?.name;
  if (!id) return <span className="soft">{t('person.none')}</span>;
  return known ? <span className="nowrap">{known}</span> : <Unlisted id={id} />;
});

/** Somebody who is not on the first page of the directory is asked for alone. */
function Unlisted({ id }: { id: string }) {
  return <span className="nowrap">{usePersonName(id) ?? '…'}</span>;
}
