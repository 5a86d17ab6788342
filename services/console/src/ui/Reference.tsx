import { useTranslation } from 'react-i18next';

const EVENT = /^event:[0-9a-f-]{36}\s+/;

/** What a piece of evidence refers to: what Sluice keeps itself is opened, not spelt out as a path. */
export function Reference({ to }: { to: string }) {
  const { t } = useTranslation();
  if (to.startsWith('/api/')) return <a href={to} target="_blank" rel="noreferrer">{t('evidence.open')}</a>;
  return <>{to.replace(EVENT, '')}</>;
}
