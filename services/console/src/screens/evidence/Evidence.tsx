import { Button, Progress } from 'antd';
import { useTranslation } from 'react-i18next';

import { FilePick } from '../../ui/FilePick';
import { PageHead, Panel } from '../../ui/Page';
import { Empty, Failed } from '../../ui/States';
import { Result } from './Result';
import { useVerification } from './useVerification';
import './evidence.css';

/** The journal of every service, checked in this browser: nobody's word has to be taken for it. */
export function Evidence() {
  const { t } = useTranslation();
  const { state, fromServer, fromFile } = useVerification();
  const busy = state.step === 'fetching' || state.step === 'verifying';
  return (
    <>
      <PageHead
        title={t('nav.evidence')}
        hint={t('ledger.hint')}
        extra={
          <>
            <FilePick label={t('ledger.file')} accept=".ndjson,.jsonl,application/x-ndjson" onPick={fromFile} />
            <Button type="primary" loading={busy} onClick={fromServer}>{t('ledger.fetch')}</Button>
          </>
        }
      />
      {state.step === 'idle' ? <Panel><Empty title={t('ledger.idle')} hint={t('ledger.idleHint')} /></Panel> : null}
      {busy ? (
        <Panel>
          <div className="stack" role="status">
            <span>{t(`ledger.${state.step}`)}</span>
            <Progress percent={Math.round(state.progress * 100)} aria-label={t(`ledger.${state.step}`)} />
          </div>
        </Panel>
      ) : null}
      {state.step === 'failed' ? <Panel><Failed error={state.problem} retry={fromServer} /></Panel> : null}
      {state.step === 'done' ? <Result verification={state.verification} from={state.from} /> : null}
    </>
  );
}
