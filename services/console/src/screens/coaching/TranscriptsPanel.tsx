import { useQuery } from '@tanstack/react-query';
import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';

import { Panel } from '../../ui/Page';
import { Answer } from '../../ui/States';
import { transcriptsStateQuery } from './query';

/** Whether recordings are being written down, and how many wait. */
export function TranscriptsPanel() {
  const { t } = useTranslation();
  return (
    <Panel title={t('coaching.transcripts.title')}>
      <Answer of={useQuery(transcriptsStateQuery)} rows={2}>
        {(queue) => (
          <div className="stack">
            {queue.missing ? <Alert type="warning" showIcon title={t('coaching.transcripts.missing')} description={queue.missing} /> : null}
            <dl className="facts">
              <dt>{t('coaching.transcripts.waiting')}</dt><dd className="num">{queue.waiting}</dd>
              <dt>{t('coaching.transcripts.working')}</dt><dd className="num">{queue.working}</dd>
              {queue.model ? <><dt>{t('coaching.transcripts.model')}</dt><dd>{queue.model}</dd></> : null}
            </dl>
          </div>
        )}
      </Answer>
    </Panel>
  );
}
