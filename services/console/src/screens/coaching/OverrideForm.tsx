import { Alert, Button, Checkbox, Form, Input, type InputRef, Radio, Tag } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { api, body, once } from '../../api/client';
import { useWrite } from '../../api/useWrite';
import { Panel } from '../../ui/Page';
import { say } from '../../ui/States';
import { changedPoints, foundPoints } from './points';
import type { Review, Score } from './query';

/** The five scores that a coach chooses from; the digit of each is its key. */
export const CHOICES = [20, 40, 60, 80, 100] as const;
const REASONS = ['said', 'misheard', 'tone', 'promise', 'missing'] as const;

interface Typed {
  percent: number;
  reason: string;
  ticked: string[];
}

interface Props {
  review: Review;
  score: Score | null;
  /** Chosen by key; a new object each time a key is pressed. */
  chosen: { percent: number } | null;
  nameOf: (point: string) => string;
}

/** The coach's score in place of the machine's, with the reason. */
export function OverrideForm({ review, score, chosen, nameOf }: Props) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Typed>();
  const [open, setOpen] = useState(false);
  const reason = useRef<InputRef>(null);
  const found = foundPoints(score);
  useEffect(() => {
    if (!chosen) return;
    setOpen(true);
    form.setFieldValue('percent', chosen.percent);
  }, [chosen, form]);
  useEffect(() => {
    if (open && chosen) reason.current?.focus();
  }, [open, chosen]);
  const write = useWrite({
    send: ({ percent, reason, ticked }: Typed, key) =>
      body(
        api.POST('/api/reviews/{id}/override', {
          params: { path: { id: review.id } },
          headers: once(key),
          body: { percent, reason, points: changedPoints(found, ticked) },
        }),
      ),
    refreshes: [['reviews']],
    onDone: () => {
      setOpen(false);
      form.resetFields();
      (document.activeElement as HTMLElement | null)?.blur();
    },
  });
  return (
    <Panel title={t('coaching.override.title')} extra={open ? null : <Button size="small" onClick={() => setOpen(true)}>{t('coaching.override.open')}</Button>}>
      <Form<Typed> form={form} layout="vertical" hidden={!open} initialValues={{ ticked: found.filter(({ covered }) => covered).map(({ point }) => point) }} onFinish={(typed) => write.mutate(typed)}>
        {write.error ? <Alert type="error" title={say(write.error, t('state.failedHint'))} style={{ marginBottom: 10 }} /> : null}
        <Form.Item name="percent" label={t('coaching.override.percent')} rules={[{ required: true, message: t('form.required') }]}>
          <Radio.Group optionType="button" options={CHOICES.map((value) => ({ value, label: String(value) }))} />
        </Form.Item>
        {found.length > 0 ? (
          <Form.Item name="ticked" label={t('coaching.override.points')}>
            <Checkbox.Group className="stack tight" options={found.map(({ point }) => ({ value: point, label: nameOf(point) }))} />
          </Form.Item>
        ) : null}
        <Form.Item name="reason" label={t('form.reason')} rules={[{ required: true, message: t('form.required') }]}>
          <Input ref={reason} maxLength={1000} />
        </Form.Item>
        <div className="row" style={{ marginBottom: 12 }}>
          {REASONS.map((reason) => (
            <Tag.CheckableTag key={reason} checked={false} onChange={() => form.setFieldValue('reason', t(`coaching.override.reasons.${reason}`))}>{t(`coaching.override.reasons.${reason}`)}</Tag.CheckableTag>
          ))}
        </div>
        <Button htmlType="submit" loading={write.isPending}>{t('coaching.override.save')}</Button>
      </Form>
      {open ? null : <p className="soft" style={{ margin: 0 }}>{t('coaching.override.hint')}</p>}
    </Panel>
  );
}
