import { useTranslation } from 'react-i18next';

import { hasRole, useMe } from '../../app/session';
import { PageHead } from '../../ui/Page';
import { AgreementPanel } from './AgreementPanel';
import { MyReviews } from './MyReviews';
import { PracticesPanel } from './PracticesPanel';
import { QueuePanel } from './QueuePanel';
import { TranscriptsPanel } from './TranscriptsPanel';
import './coaching.css';

/** What waits for a coach; for reps, what waits for them. */
export function Coaching() {
  const { t } = useTranslation();
  const me = useMe();
  const coach = hasRole(me, ['sales_coach']);
  const leads = hasRole(me, ['sales_manager', 'sales_director']);
  return (
    <>
      <PageHead title={t('coaching.title')} hint={coach ? t('coaching.hintCoach') : t('coaching.hintRep')} />
      <div className="columns">
        <div className="stack">{coach || leads ? <QueuePanel /> : <MyReviews me={me} />}</div>
        <div className="stack">
          {coach ? <AgreementPanel /> : null}
          <PracticesPanel me={me} />
          <TranscriptsPanel />
        </div>
      </div>
    </>
  );
}
