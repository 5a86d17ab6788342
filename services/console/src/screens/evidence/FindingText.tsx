import { useTranslation } from 'react-i18next';

import { labelled } from '../../ui/punctuated';
import type { Finding } from './ledger/finding';

/** One thing that is wrong, where, and what differs. */
export function FindingText({ finding, open }: { finding: Finding; open: ((line: number) => void) | null }) {
  const { t } = useTranslation();
  const place = [
    finding.service ? t(`service.${finding.service}`, { defaultValue: finding.service }) : null,
    t('ledger.line', { line: finding.line }),
    finding.index === undefined || finding.index === null ? null : t('ledger.leaf', { index: finding.index }),
  ].filter(Boolean).join(' · ');
  return (
    <div>
      {open ? <button type="button" className="link" onClick={() => open(finding.line)}>{place}</button> : <span>{place}</span>}{labelled('')}{t(`ledger.finding.${finding.kind}`)}
      {finding.stated === undefined ? null : <div className="hash">{t('ledger.stated')} {finding.stated || '—'}{finding.found === undefined ? null : <><br />{t('ledger.found')} {finding.found}</>}</div>}
    </div>
  );
}
