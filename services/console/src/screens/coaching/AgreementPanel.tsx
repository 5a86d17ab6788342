import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { components } from '../../api/schema';
import { DaysFields } from '../../ui/dates/DateFields';
import { percent } from '../../ui/format';
import { Panel } from '../../ui/Page';
import { Answer } from '../../ui/States';
import { useToday } from '../../ui/useToday';
import { type Period, presetOf } from '../reports/period';
import { agreementQuery } from './query';

type Agreement = components['schemas']['Agreement'];
type Share = components['schemas']['Share'];

/** How far coaches agree with each other and with the machine (Cohen's κ). */
export function AgreementPanel() {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<Period | null>(null);
  const today = useToday();
  const { from, until } = chosen ?? presetOf('quarter', new Date(`${today}T00:00:00`));
  const report = useQuery(agreementQuery(from, until));
  return (
    <Panel title={t('coaching.agreement.title')}>
      <div className="stack">
        <div className="row">
          <DaysFields size="small" from={from} until={until} labels={{ from: t('coaching.agreement.from'), until: t('coaching.agreement.until') }} change={setChosen} />
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
