import { AudioOutlined, StopOutlined } from '@ant-design/icons';
import { Alert, Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { type Running, canRecord, record } from './microphone';

interface Props {
  value?: Blob;
  onChange?: (recording: Blob | undefined) => void;
}

/** A recording from the microphone, or a file of one. */
export function RecordingField({ value, onChange }: Props) {
  const { t } = useTranslation();
  const [running, setRunning] = useState<Running | null>(null);
  const [refused, setRefused] = useState(false);
  const held = useRef<Running | null>(null);
  held.current = running;
  useEffect(() => () => held.current?.cancel(), []);
  const start = async () => {
    setRefused(false);
    try {
      setRunning(await record());
    } catch {
      setRefused(true);
    }
  };
  const stop = async () => {
    const recorded = await running?.stop();
    setRunning(null);
    onChange?.(recorded);
  };
  return (
    <div className="stack">
      {refused ? <Alert type="warning" showIcon title={t('recording.refused')} /> : null}
      <div className="row">
        {canRecord() ? (
          <Button danger={running !== null} icon={running ? <StopOutlined /> : <AudioOutlined />} onClick={() => void (running ? stop() : start())}>
            {running ? t('recording.stop') : value ? t('recording.again') : t('recording.start')}
          </Button>
        ) : null}
        <input type="file" accept="audio/*" aria-label={t('recording.file')} disabled={running !== null} onChange={(event) => onChange?.(event.target.files?.[0])} />
      </div>
      {running ? <span className="danger" role="status">{t('recording.running')}</span> : null}
      {value && !running ? <Preview recording={value} /> : null}
    </div>
  );
}

function Preview({ recording }: { recording: Blob }) {
  const { t } = useTranslation();
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    const made = URL.createObjectURL(recording);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [recording]);
  return url ? <audio controls src={url} aria-label={t('recording.preview')} style={{ width: '100%', height: 36 }} /> : null;
}
