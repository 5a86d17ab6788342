import { Alert, Button, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useWrite } from '../../../api/useWrite';
import { Panel } from '../../../ui/Page';
import { Empty, say } from '../../../ui/States';
import { DryRunResult } from './DryRunResult';
import type { Draft } from './draft';
import { dryRun } from './dryRun';

const DAYS = [7, 30, 90] as const;

interface Props {
  /** The rule that is changed; none for a new one. */
  id: string | null;
  draft: Draft;
  /** True when no blank is left: a rule with blanks cannot be tried. */
  ready: () => boolean;
}

/** What the rule as it is written would have done with past leads. */
export function DryRunPanel({ id, draft, ready }: Props) {
  const { t } = useTranslation();
  const [days, setDays] = useState<number>(30);
  const [tried, setTried] = useState('');
  const attempt = useWrite({ send: (asked: Parameters<typeof dryRun>[0]) => dryRun(asked) });
  const now = JSON.stringify([draft.condition, draft.action, draft.enabled, days]);
  const begin = () => {
    setTried(now);
    attempt.mutate({ id, draft: { ...draft, name: draft.name.trim() || t('rules.newTitle') }, days });
  };
  return (
    <Panel
      title={t('rules.dryRun.title')}
      extra={
        <span className="row">
          <Select size="small" style={{ width: 116 }} aria-label={t('rules.dryRun.days')} value={days} onChange={setDays} options={DAYS.map((value) => ({ value, label: t('rules.dryRun.lastDays', { days: value }) }))} />
          <Button size="small" loading={attempt.isPending} disabled={!ready()} onClick={begin}>{t(attempt.data ? 'rules.dryRun.again' : 'rules.dryRun.start')}</Button>
        </span>
      }
    >
      <div className="stack">
        {attempt.error ? <Alert type="error" showIcon title={say(attempt.error, t('state.failedHint'))} description={attempt.error.fields.map(({ reason }) => reason).join(' ') || undefined} /> : null}
        {attempt.data && tried !== now ? <Alert type="warning" showIcon title={t('rules.dryRun.stale')} /> : null}
        {attempt.data ? <DryRunResult of={attempt.data} /> : <Empty title={t('rules.dryRun.none')} hint={t('rules.dryRun.hint')} />}
      </div>
    </Panel>
  );
}
