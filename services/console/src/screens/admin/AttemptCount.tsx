import { useTranslation } from 'react-i18next';

import type { components } from '../../api/schema';

type Delivery = components['schemas']['DeliveryView'];

/** How often a message was tried in all; the service counts from nothing again when somebody sends it anew. */
export function AttemptCount({ of: { attempts, log } }: { of: Pick<Delivery, 'attempts' | 'log'> }) {
  const { t } = useTranslation();
  if (attempts >= log.length) return <span className="num">{attempts}</span>;
  return (
    <div className="stack tight">
      <span className="num">{log.length}</span>
      <span className="soft nowrap">{t('admin.webhooks.attemptsNow', { count: attempts })}</span>
    </div>
  );
}
