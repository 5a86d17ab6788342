import { Alert, Button, Form, Input, Radio } from 'antd';
import { type RefObject, useEffect } from 'react';
import { useTranslation } from 'react-i18next';

import { api, body, once } from '../../api/client';
import { useWrite } from '../../api/useWrite';
import { now } from '../../ui/clock';
import { toLocalInput } from '../../ui/localTime';
import { Panel } from '../../ui/Page';
import { PersonName } from '../../ui/PersonName';
import { say } from '../../ui/States';
import { Moment } from '../../ui/Values';
import { DayField } from '../../ui/dates/DateFields';
import { ReviewStateTag } from './OutcomeTag';
import { suggestedDecision } from './points';
import type { Review } from './query';

const DECISIONS = ['passed', 'practice', 'dismissed'] as const;
const RESOLVED = ['unknown', 'yes', 'no'] as const;
const DAY_MS = 24 * 3_600_000;
const PRACTICE_DAYS = 3;

interface Typed {
  decision: (typeof DECISIONS)[number];
  comment?: string;
  resolved: 'unknown' | 'yes' | 'no';
  due?: string;
  note?: string;
}

interface Props {
  review: Review;
  may: boolean;
  next: (() => void) | null;
  /** Gets the focus when the coach presses enter: pressed there again, it decides. */
  button: RefObject<HTMLButtonElement | null>;
}

/** The decision about an answer, with the practice that follows from it. */
export function DecidePanel({ review, may, next, button }: Props) {
  const { t } = useTranslation();
  if (review.state === 'decided') return <Decided review={review} next={next} button={button} />;
  if (!may || review.state !== 'waiting_review') {
    return <Panel title={t('coaching.decide.title')}><ReviewStateTag review={review} /></Panel>;
  }
  return <Deciding review={review} next={next} button={button} />;
}

type Inside = Omit<Props, 'may'>;

/** The practice first: when it is refused nothing is decided yet, and the form is still there. Each is a write of its own. */
async function send(id: string, { decision, comment, resolved, due, note }: Typed, key: string) {
  const path = { path: { id } };
  if (decision === 'practice' && due) {
    await body(api.POST('/api/reviews/{id}/practices', { params: path, headers: once(`${key}/practice`), body: { due, note: note || null } }));
  }
  const settled = resolved === 'unknown' ? null : resolved === 'yes';
  return body(api.POST('/api/reviews/{id}/decide', { params: path, headers: once(key), body: { decision, comment: comment || null, resolved: settled } }));
}

function Deciding({ review, next, button }: Inside) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Typed>();
  const decision = Form.useWatch('decision', form);
  const suggested = suggestedDecision(review.percent);
  useEffect(() => {
    if (suggested) form.setFieldValue('decision', suggested);
  }, [suggested, form]);
  const write = useWrite({ send: (typed: Typed, key) => send(review.id, typed, key), refreshes: [['reviews'], ['practices'], ['coaching']] });
  return (
    <Panel title={t('coaching.decide.title')} extra={next ? <Button size="small" onClick={next}>{t('coaching.decide.skip')}</Button> : null}>
      <Form<Typed> form={form} layout="vertical" initialValues={{ decision: suggested, resolved: 'unknown', due: toLocalInput(new Date(now().getTime() + PRACTICE_DAYS * DAY_MS)).slice(0, 10) }} onFinish={(typed) => write.mutate(typed)}>
        {write.error ? <Alert type="error" showIcon title={say(write.error, t('state.failedHint'))} description={write.error.fields.map((field) => field.reason).join(' ')} style={{ marginBottom: 10 }} /> : null}
        <Form.Item name="decision" label={t('coaching.decide.decision')} rules={[{ required: true, message: t('form.required') }]}>
          <Radio.Group optionType="button" options={DECISIONS.map((value) => ({ value, label: t(`coaching.decision.${value}`) }))} />
        </Form.Item>
        <Form.Item name="comment" label={t('coaching.decide.comment')}><Input maxLength={1000} /></Form.Item>
        {decision === 'practice' ? (
          <div className="row top">
            <Form.Item name="due" label={t('coaching.practice.due')} rules={[{ required: true, message: t('form.required') }]}><DayField /></Form.Item>
            <Form.Item name="note" label={t('coaching.practice.note')} className="grow"><Input maxLength={1000} /></Form.Item>
          </div>
        ) : null}
        <Form.Item name="resolved" label={t('coaching.decide.resolved')}>
          <Radio.Group optionType="button" options={RESOLVED.map((value) => ({ value, label: t(`coaching.decide.resolvedAs.${value}`) }))} />
        </Form.Item>
        <Button ref={button} type="primary" htmlType="submit" block loading={write.isPending}>{t('coaching.decide.submit')}</Button>
      </Form>
    </Panel>
  );
}

function Decided({ review, next, button }: Inside) {
  const { t } = useTranslation();
  useEffect(() => button.current?.focus(), [button]);
  return (
    <Panel title={t('coaching.decide.title')} extra={<ReviewStateTag review={review} />}>
      <div className="stack">
        <span className="soft"><PersonName id={review.coach_id} /> · <Moment at={review.decided_at} /></span>
        {review.comment ? <p style={{ margin: 0 }}>{review.comment}</p> : null}
        {next ? <Button ref={button} type="primary" block onClick={next}>{t('coaching.decide.next')}</Button> : <span className="soft">{t('coaching.decide.last')}</span>}
      </div>
    </Panel>
  );
}
