import { CaretRightOutlined, PauseOutlined } from '@ant-design/icons';
import { Alert, Button, Segmented, Tooltip } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { Comment } from './query';
import { clock } from './sentence';
import type { Playback } from './usePlayback';

const RATES = [1, 1.25, 1.5, 2] as const;

interface Props {
  playback: Playback;
  seconds: number | null | undefined;
  comments: readonly Comment[];
}

/** The waveform with its buttons; remarks stand where they were made. */
export function Player({ playback, seconds, comments }: Props) {
  const { t } = useTranslation();
  const [rate, setRate] = useState<number>(1);
  const { problem } = playback;
  const choose = (chosen: number) => {
    setRate(chosen);
    playback.setRate(chosen);
  };
  return (
    <div className="player">
      {problem ? <Alert type="warning" showIcon title={problem.status === -1 ? t('coaching.player.notPlayable') : problem.isUnreachable ? t('state.offlineHint') : problem.title} /> : null}
      <div className={problem ? 'sr-only' : 'wave'} ref={playback.box} aria-hidden="true" />
      {seconds ? (
        <div className="remarks">
          {comments.map((comment) => (
            <Tooltip key={comment.id} title={comment.text}>
              <button
                type="button"
                style={{ left: `${Math.min(100, (comment.at_ms / 10 / seconds))}%` }}
                aria-label={t('coaching.comments.at', { time: clock(comment.at_ms), text: comment.text })}
                onClick={() => playback.seek(comment.at_ms, true)}
              />
            </Tooltip>
          ))}
        </div>
      ) : null}
      <div className="row spread">
        <div className="row">
          <Button type="primary" shape="circle" disabled={!playback.ready} icon={playback.playing ? <PauseOutlined /> : <CaretRightOutlined />} aria-label={playback.playing ? t('coaching.player.pause') : t('coaching.player.play')} onClick={playback.toggle} />
          <span className="num" aria-live="off">{clock(playback.atMs)} / {clock((seconds ?? 0) * 1000)}</span>
        </div>
        <Segmented size="small" aria-label={t('coaching.player.rate')} value={rate} options={RATES.map((value) => ({ value, label: `${value}×` }))} onChange={choose} />
      </div>
    </div>
  );
}
