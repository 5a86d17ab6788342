import { Alert, Button, Form, Input, type InputRef } from 'antd';
import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';

import { api, body, once } from '../../api/client';
import { useWrite } from '../../api/useWrite';
import { Panel } from '../../ui/Page';
import { PersonName } from '../../ui/PersonName';
import { say } from '../../ui/States';
import type { Comment, Review } from './query';
import { clock } from './sentence';

interface Props {
  review: Review;
  comments: readonly Comment[];
  atMs: number;
  seek: (ms: number) => void;
  may: boolean;
  input: RefObject<InputRef | null>;
}

/** Remarks at a time of the recording. */
export function CommentsPanel({ review, comments, atMs, seek, may, input }: Props) {
  const { t } = useTranslation();
  const [form] = Form.useForm<{ text: string }>();
  const write = useWrite({
    send: (written: { at_ms: number; text: string }, key) =>
      body(api.POST('/api/reviews/{id}/comments', { params: { path: { id: review.id } }, headers: once(key), body: written })),
    refreshes: [['reviews', review.id, 'comments']],
    onDone: () => {
      form.resetFields();
      input.current?.blur();
    },
  });
  return (
    <Panel flush title={t('coaching.comments.title')}>
      {comments.map((comment) => (
        <div className="item" key={comment.id}>
          <button type="button" className="link num" aria-label={t('coaching.comments.at', { time: clock(comment.at_ms), text: comment.text })} onClick={() => seek(comment.at_ms)}>{clock(comment.at_ms)}</button>
          <div className="grow">
            <p>{comment.text}</p>
            <span className="soft"><PersonName id={comment.author_id} /></span>
          </div>
        </div>
      ))}
      {comments.length === 0 && !may ? <p className="soft" style={{ padding: '10px 14px', margin: 0 }}>{t('coaching.comments.none')}</p> : null}
      {may ? (
        <Form form={form} style={{ padding: '10px 14px' }} onFinish={({ text }) => write.mutate({ at_ms: Math.round(atMs), text })}>
          {write.error ? <Alert type="error" title={say(write.error, t('state.failedHint'))} style={{ marginBottom: 8 }} /> : null}
          <div className="row top">
            <Form.Item name="text" noStyle rules={[{ required: true, message: t('form.required') }]}>
              <Input ref={input} className="grow" maxLength={1000} placeholder={t('coaching.comments.placeholder', { time: clock(atMs) })} aria-label={t('coaching.comments.title')} />
            </Form.Item>
            <Button htmlType="submit" loading={write.isPending}>{t('coaching.comments.add')}</Button>
          </div>
        </Form>
      ) : null}
    </Panel>
  );
}
