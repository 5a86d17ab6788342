import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';

import type { Problem } from '../../../api/problem';
import { labelled } from '../../../ui/punctuated';
import { say } from '../../../ui/States';
import type { Part } from './draft';
import type { Mistake } from './mistakes';
import { labelOf } from './sentence';

interface Props {
  of: readonly Mistake[];
  problem: Problem | null;
  open: (part: Part) => void;
}

/** Why a rule was not saved; each reason leads to the phrase it belongs to. */
export function Mistakes({ of, problem, open }: Props) {
  const { t } = useTranslation();
  if (of.length === 0 && problem === null) return null;
  const title = of.length > 0 ? t('rules.wrong') : problem?.isUnreachable ? t('state.offlineHint') : say(problem as Problem, t('state.failedHint'));
  return (
    <Alert
      type="error"
      showIcon
      title={title}
      description={of.length > 0 ? <ul className="reasons">{of.map((mistake) => <li key={`${mistake.part}${mistake.reason}`}><Reason mistake={mistake} open={open} /></li>)}</ul> : undefined}
    />
  );
}

function Reason({ mistake: { part, reason }, open }: { mistake: Mistake; open: (part: Part) => void }) {
  const { t } = useTranslation();
  if (part === null) return <>{reason}</>;
  if (part === 'name') return <>{labelled(t('rules.name'))}{reason}</>;
  return <><button type="button" className="link" onClick={() => open(part)}>{labelOf(part, t)}</button>{labelled('')}{reason}</>;
}
