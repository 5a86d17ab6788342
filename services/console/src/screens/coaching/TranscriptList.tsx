import { Tag, Tooltip } from 'antd';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';

import { percent } from '../../ui/format';
import type { Sentence } from './query';
import { type Mark, clock, placeAt } from './sentence';

interface Props {
  sentences: readonly Sentence[];
  marks: ReadonlyMap<number, readonly Mark[]>;
  atMs: number;
  nameOf: (point: string) => string;
  jump: (sentence: Sentence) => void;
}

/** What was said, sentence by sentence: follows the playback, and a sentence jumps to where it was said. */
export function TranscriptList({ sentences, marks, atMs, nameOf, jump }: Props) {
  const list = useRef<HTMLOListElement>(null);
  const current = placeAt(sentences, atMs);
  useEffect(() => {
    const line = list.current?.children[current];
    const box = list.current;
    if (!(line instanceof HTMLElement) || !box) return;
    // Only the list scrolls, never the page under the coach's hands.
    if (line.offsetTop < box.scrollTop || line.offsetTop + line.offsetHeight > box.scrollTop + box.clientHeight) {
      box.scrollTop = line.offsetTop - box.clientHeight / 3;
    }
  }, [current]);
  return (
    <ol className="transcript" ref={list}>
      {sentences.map((sentence, place) => (
        <li key={sentence.number}>
          <button
            type="button"
            data-sentence={sentence.number}
            className={place === current ? 'sentence current' : 'sentence'}
            aria-current={place === current ? 'true' : undefined}
            onClick={() => jump(sentence)}
          >
            <span className="num soft">{clock(sentence.start_ms)}</span>
            <Words sentence={sentence} />
            <Marks marks={marks.get(sentence.number) ?? []} nameOf={nameOf} />
          </button>
        </li>
      ))}
    </ol>
  );
}

function Words({ sentence }: { sentence: Sentence }) {
  const { t } = useTranslation();
  if (!sentence.doubtful) return <span className="grow">{sentence.text}</span>;
  return (
    <span className="grow">
      <span className="doubtful">{sentence.text}</span>{' '}
      <Tooltip title={t('coaching.transcript.confidence', { share: percent(sentence.confidence) })}>
        <Tag color="orange" variant="filled">{t('coaching.transcript.doubtful')}</Tag>
      </Tooltip>
    </span>
  );
}

function Marks({ marks, nameOf }: { marks: readonly Mark[]; nameOf: (point: string) => string }) {
  const { t } = useTranslation();
  return (
    <>
      {marks.map((mark) =>
        mark.kind === 'contradiction' ? (
          <Tag key={`${mark.kind}${mark.said}`} color="red" variant="filled">{t('coaching.transcript.contradiction')}</Tag>
        ) : (
          <Tooltip key={`${mark.kind}${mark.point}`} title={nameOf(mark.point)}>
            <Tag color={mark.kind === 'covered' ? 'green' : 'red'} variant="filled">{t(`coaching.transcript.${mark.kind}`)}</Tag>
          </Tooltip>
        ),
      )}
    </>
  );
}
