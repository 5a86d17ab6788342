import { Checkbox, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';

import { api, body, once, send } from '../../api/client';
import { upload } from '../../recording/upload';
import { RecordingField } from '../../recording/RecordingField';
import { FormDialog } from '../../ui/FormDialog';
import type { Practice, Review } from './query';

interface Typed {
  text?: string;
  recording: Blob;
  consent: boolean;
}

const REFRESHES = [['reviews'], ['practices'], ['todos']] as const;
const LONGEST_ANSWER = 100;

/** Keeps the recording first; its key follows from the form, so that the same sent again is the same recording. */
const kept = (recording: Blob, key: string) => upload(send, { bytes: recording }, `${key}/${recording.size}`);

/** The rep's answer to a drawn objection: a few words and how it was said. */
export function AnswerForm({ review, close }: { review: Review; close: () => void }) {
  const { t } = useTranslation();
  return (
    <FormDialog<Typed, Review>
      open
      close={close}
      title={t('coaching.answerForm.title')}
      submit={t('coaching.answerForm.submit')}
      fields={['text', 'recording']}
      refreshes={REFRESHES}
      send={async ({ text, recording }, key) => {
        const { id: recording_id } = await kept(recording, key);
        return body(api.POST('/api/reviews/{id}/answer', { params: { path: { id: review.id } }, headers: once(key), body: { text: text ?? '', recording_id } }));
      }}
    >
      <blockquote className="typed">{review.objection}</blockquote>
      <Form.Item name="text" label={t('coaching.answerForm.text')} rules={[{ required: true, message: t('form.required') }]}>
        <Input.TextArea rows={2} maxLength={LONGEST_ANSWER} showCount />
      </Form.Item>
      <Recorded />
    </FormDialog>
  );
}

/** Says it again, better. */
export function PracticeDoneForm({ practice, close }: { practice: Practice; close: () => void }) {
  const { t } = useTranslation();
  return (
    <FormDialog<Typed, Practice>
      open
      close={close}
      title={t('coaching.practice.doTitle')}
      submit={t('coaching.practice.submit')}
      fields={['recording']}
      refreshes={REFRESHES}
      send={async ({ recording }, key) => {
        const { id: recording_id } = await kept(recording, key);
        return body(api.POST('/api/practices/{id}/done', { params: { path: { id: practice.id } }, headers: once(key), body: { recording_id } }));
      }}
    >
      {practice.note ? <p>{practice.note}</p> : null}
      <Recorded />
    </FormDialog>
  );
}

function Recorded() {
  const { t } = useTranslation();
  return (
    <>
      <Form.Item name="recording" label={t('recording.title')} rules={[{ required: true, message: t('recording.needed') }]}><RecordingField /></Form.Item>
      <Form.Item name="consent" valuePropName="checked" rules={[{ validator: (_, agreed: unknown) => (agreed === true ? Promise.resolve() : Promise.reject(new Error(t('recording.consentNeeded')))) }]}>
        <Checkbox>{t('recording.consent')}</Checkbox>
      </Form.Item>
    </>
  );
}
