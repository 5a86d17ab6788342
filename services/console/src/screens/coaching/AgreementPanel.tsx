import { useQuery } from '@tanstack/react-query';
import { Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { components } from '../../api/schema';
import { now } from '../../ui/clock';
import { percent } from '../../ui/format';
import { toLocalInput } from '../../ui/localTime';
import { Panel } from '../../ui/Page';
import { Answer } from '../../ui/States';
import { agreementQuery } from './query';

type Agreement = components['schemas']['Agreement'];
type Share = components['schemas']['Share'];

const DAY_MS = 24 * 3_600_000;
const LAST_DAYS = 90;
const dayOf = (at: Date) => toLocalInput(at).slice(0, 10);

/** How far coaches agree with each other and with the machine (Cohen's κ). */
export function AgreementPanel() {
  const { t } = useTranslation();
  const [from, setFrom] = useState(() => dayOf(new Date(now().getTime() - LAST_DAYS * DAY_MS)));
  const [until, setUntil] = useState(() => dayOf(new Date(now().getTime() + DAY_MS)));
  const report = useQuery(agreementQuery(from, until));
  return (
    <Panel title={t('coaching.agreement.title')}>
      <div className="stack">
        <div className="row">
          <Input type="date" size="small" style={{ width: 140 }} aria-label={t('coaching.agreement.from')} value={from} max={until} onChange={(event) => event.target.value && setFrom(event.target.value)} />
          <span aria-hidden="true">–</span>
          <Input type="date" size="small" style={{ width: 140 }} aria-label={t('coaching.agreement.until')} value={until} min={from} onChange={(event) => event.target.value && setUntil(event.target.value)} />
        </div>
        <Answer of={report} rows={3}>
          {(found) => (
            <dl className="facts">
              <dt>{t('coaching.agreement.withMachine')}</dt><dd><Kappa of={found.with_machine} /></dd>
              <dt>{t('coaching.agreement.coaches')}</dt><dd><Kappa of={found.coaches} /></dd>
              <dt>{t('coaching.agreement.wrongFlags')}</dt><dd><Part of={found.wrong_flags} /></dd>
              <dt>{t('coaching.agreement.missed')}</dt><dd><Part of={found.missed} /></dd>
            </dl>
          )}
        </Answer>
        <p className="soft" style={{ margin: 0 }}>{t('coaching.agreement.hint')}</p>
      </div>
    </Panel>
  );
}

function Kappa({ of }: { of: Agreement }) {
  const { t } = useTranslation();
  if (of.kappa == null) return <span className="soft">{t('coaching.agreement.tooFew', { count: of.judged })}</span>;
  return <><b className="num">κ {of.kappa.toFixed(2)}</b> <span className="soft">{t('coaching.agreement.judged', { count: of.judged, share: percent(of.observed) })}</span></>;
}

function Part({ of }: { of: Share }) {
  const { t } = useTranslation();
  if (of.of === 0) return <span className="soft">{t('coaching.agreement.tooFew', { count: 0 })}</span>;
  return <><b className="num">{percent(of.part / of.of)}</b> <span className="soft">{of.part} / {of.of}</span></>;
}
