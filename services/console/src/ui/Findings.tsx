import { useTranslation } from 'react-i18next';

import type { components } from '../api/schema';
import { bilingual } from './bilingual';

type Finding = components['schemas']['Finding'];

/** What a check found, the serious first. */
export function Findings({ of, sound }: { of: readonly Finding[]; sound: string }) {
  const { t } = useTranslation();
  if (of.length === 0) return <p className="good" style={{ margin: 0 }}>✓ {sound}</p>;
  const sorted = [...of].sort((one, other) => Number(one.severity === 'warning') - Number(other.severity === 'warning'));
  return (
    <ul className="findings">
      {sorted.map((finding) => (
        <li key={`${finding.field}${finding.code}`}>
          <span className={finding.severity === 'error' ? 'danger strong' : 'warn strong'}>{t(`findings.${finding.severity}`)}</span>{' '}
          {bilingual(finding.reason)}
          {finding.remedy ? <div className="soft">{bilingual(finding.remedy)}</div> : null}
        </li>
      ))}
    </ul>
  );
}
