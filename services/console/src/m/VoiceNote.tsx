import { useEffect, useRef, useState } from 'react';

import { type Running, canRecord, record } from '../recording/microphone';
import { useTexts } from './language';
import { forgetParts, keepPart, partsOf } from './parts';
import type { KeptRecording } from './waiting';

interface Props {
  /** The draft that it belongs to. */
  draft: string;
  value: KeptRecording | undefined;
  consent: boolean;
  missingConsent: boolean;
  change: (recording: KeptRecording | undefined) => Promise<void>;
  agree: (agreed: boolean) => void;
}

/** A recording beside the text; it is kept with the draft as soon as it ends. */
export function VoiceNote({ draft, value, consent, missingConsent, change, agree }: Props) {
  const texts = useTexts();
  const [running, setRunning] = useState<Running | null>(null);
  const [refused, setRefused] = useState(false);
  const held = useRef<Running | null>(null);
  held.current = running;
  useEffect(() => () => held.current?.cancel(), []);
  const start = () => {
    setRefused(false);
    void forgetParts(draft).then(() => record((part) => keepPart(draft, part))).then(setRunning, () => setRefused(true));
  };
  const stop = async () => {
    const recorded = await running?.stop();
    setRunning(null);
    if (recorded) await change({ bytes: await recorded.arrayBuffer(), type: recorded.type });
    await forgetParts(draft);
  };
  useEffect(() => {
    // What was recorded before the page went away is not lost.
    if (!value) void partsOf(draft).then((found) => found && change(found).then(() => forgetParts(draft)));
  }, [draft]);
  if (!canRecord() && !value) return null;
  return (
    <div className="voice">
      {refused ? <p className="error" role="alert">{texts.voice.refused}</p> : null}
      <div className="row">
        {running ? (
          <button type="button" className="danger" onClick={() => void stop()}><Seconds /> {texts.voice.stop}</button>
        ) : (
          <button type="button" onClick={start}>{value ? texts.voice.again : texts.voice.start}</button>
        )}
        {value && !running ? <button type="button" className="plain" onClick={() => void change(undefined)}>{texts.voice.remove}</button> : null}
      </div>
      {value && !running ? <Preview recording={value} /> : null}
      {value ? (
        <label className="check"><input type="checkbox" checked={consent} onChange={(event) => agree(event.target.checked)} /> {texts.voice.consent}</label>
      ) : null}
      {missingConsent ? <span className="error">{texts.voice.consentNeeded}</span> : null}
    </div>
  );
}

function Seconds() {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setSeconds((before) => before + 1), 1_000);
    return () => clearInterval(timer);
  }, []);
  return <span className="num">{Math.floor(seconds / 60)}:{String(seconds % 60).padStart(2, '0')}</span>;
}

function Preview({ recording }: { recording: KeptRecording }) {
  const texts = useTexts();
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([recording.bytes], { type: recording.type }));
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [recording.bytes, recording.type]);
  return url ? <audio controls src={url} aria-label={texts.voice.preview} /> : null;
}
