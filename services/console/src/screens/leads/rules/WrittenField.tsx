import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useWrite } from '../../../api/useWrite';
import { say } from '../../../ui/States';
import { type Draft, emptyDraft } from './draft';
import { type Read, read, unclear } from './written';

const LONGEST_NAME = 100;

interface Props {
  take: (read: Draft) => void;
  /** Told whether a sentence stands there that is not taken: not read yet, or not understood. */
  leave: (unread: boolean) => void;
}

/** Takes a rule as one sentence and fills the phrases with it; what was not understood is marked, word by word. */
export function WrittenField({ take, leave }: Props) {
  const { t } = useTranslation();
  const [sentence, setSentence] = useState('');
  const reading = useWrite({ send: (text: string) => read(text), onDone: (understood) => { take(complete(understood)); leave(false); } });
  const refused = reading.error;
  const marked = refused && reading.variables ? unclear(refused, reading.variables) : null;
  const begin = () => {
    if (sentence.trim() !== '') reading.mutate(sentence);
  };
  const change = (text: string) => {
    setSentence(text);
    leave(text.trim() !== '');
    reading.reset();
  };
  return (
    <div className="stack tight">
      <label htmlFor="written">{t('rules.written.label')}</label>
      <div className="row top">
        <Input.TextArea
          id="written"
          className="grow"
          autoSize={{ minRows: 1, maxRows: 4 }}
          maxLength={500}
          placeholder={t('rules.written.placeholder')}
          value={sentence}
          onChange={(event) => change(event.target.value)}
          onPressEnter={(event) => {
            if (event.nativeEvent.isComposing) return;
            event.preventDefault();
            begin();
          }}
          {...(refused ? { status: 'error' as const, 'aria-invalid': true, 'aria-describedby': 'written-refused' } : {})}
        />
        <Button loading={reading.isPending} disabled={sentence.trim() === ''} onClick={begin}>{t('rules.written.read')}</Button>
      </div>
      <div id="written-refused" role="status">
        {marked ? <p className="unclear">{marked.before}<mark>{marked.word}</mark>{marked.after}</p> : null}
        {refused ? <span className="danger">{refused.fields.map(({ reason }) => reason).join(' ') || (marked ? t('rules.written.unclear', { word: marked.word }) : say(refused, t('state.failedHint')))}</span> : null}
        {reading.data ? <span className="soft">{t('rules.written.readAs', { plain: reading.data.plain })}</span> : null}
      </div>
    </div>
  );
}

/** The parts that a sentence did not speak of are empty. */
function complete({ condition, action, plain }: Read): Draft {
  const empty = emptyDraft(0);
  const name = plain.slice(0, LONGEST_NAME);
  return { ...empty, name, condition: { ...empty.condition, ...condition }, action: { ...empty.action, ...action } };
}
