import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Form, Input, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { api, body, once } from '../../api/client';
import { useWrite } from '../../api/useWrite';
import { FormDialog } from '../../ui/FormDialog';
import { MoneyInput } from '../../ui/MoneyInput';
import { say } from '../../ui/States';
import { Day, Money } from '../../ui/Values';
import { DayField } from '../../ui/dates/DateFields';
import { fenOf, yuanOf } from './minor';
import { type Conclusion, conclusionsQuery } from './query';

const REFRESHES = [['conclusions'], ['visits'], ['opportunities'], ['timeline']] as const;
const CURRENCY = 'CNY';

/** Need, competitor, amount, date and next step as they were heard: the rep takes, corrects or rejects each. */
export function Conclusions({ recording, mine }: { recording: string; mine: boolean }) {
  const { t } = useTranslation();
  const found = useQuery(conclusionsQuery(recording));
  const shown = (found.data?.items ?? []).filter(({ state }) => state !== 'rejected');
  if (shown.length === 0) return null;
  return (
    <ul className="conclusions" aria-label={t('sales.conclusion.title')}>
      {shown.map((conclusion) => <Line key={conclusion.id} conclusion={conclusion} mine={mine} />)}
    </ul>
  );
}

function Line({ conclusion, mine }: { conclusion: Conclusion; mine: boolean }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const path = { params: { path: { id: conclusion.id } } };
  const confirm = useWrite({ send: (_: 'as heard', key) => body(api.POST('/api/conclusions/{id}/confirm', { ...path, headers: once(key), body: {} })), refreshes: REFRESHES });
  const reject = useWrite({ send: (_: 'nothing', key) => body(api.POST('/api/conclusions/{id}/reject', { ...path, headers: once(key) })), refreshes: REFRESHES });
  const problem = confirm.error ?? reject.error;
  return (
    <li>
      <Tag variant="filled">{t(`sales.conclusion.kind.${conclusion.kind}`)}</Tag>
      <span className="grow">
        <Value conclusion={conclusion} /> {conclusion.doubtful ? <Tag variant="filled" color="orange">{t('coaching.transcript.doubtful')}</Tag> : null}
        {problem ? <Alert type="error" title={say(problem, t('state.failedHint'))} /> : null}
      </span>
      {conclusion.state === 'confirmed' ? <Tag variant="filled" color="green">{t('sales.conclusion.confirmed')}</Tag> : null}
      {conclusion.state === 'offered' && mine ? (
        <span className="row">
          <Button size="small" type="primary" loading={confirm.isPending} onClick={() => confirm.mutate('as heard')}>{t('form.confirm')}</Button>
          <Button size="small" onClick={() => setOpen(true)}>{t('form.edit')}</Button>
          <Button size="small" type="text" loading={reject.isPending} onClick={() => reject.mutate('nothing')}>{t('sales.conclusion.reject')}</Button>
        </span>
      ) : null}
      {open ? <CorrectForm conclusion={conclusion} close={() => setOpen(false)} /> : null}
    </li>
  );
}

function Value({ conclusion: { kind, text, amount_minor, date, competitor } }: { conclusion: Conclusion }) {
  const { t } = useTranslation();
  const words = text ?? t('sales.conclusion.wordsGone');
  if (kind === 'amount' && amount_minor != null) return <><b><Money of={{ amount: yuanOf(amount_minor), currency: CURRENCY }} /></b> <span className="soft">{words}</span></>;
  if (kind === 'competitor' && competitor) return <><b>{competitor}</b> <span className="soft">{words}</span></>;
  if (date) return <><b><Day on={date} /></b> <span className="soft">{words}</span></>;
  return <>{words}</>;
}

interface Typed {
  text: string;
  amount?: string;
  date?: string;
  competitor?: string;
}

/** Takes a conclusion with corrections. */
function CorrectForm({ conclusion, close }: { conclusion: Conclusion; close: () => void }) {
  const { t } = useTranslation();
  const { kind } = conclusion;
  const hasDate = kind === 'date' || kind === 'next_step';
  return (
    <FormDialog<Typed, Conclusion>
      open
      close={close}
      title={t(`sales.conclusion.kind.${kind}`)}
      submit={t('form.confirm')}
      fields={['text', 'date', 'competitor']}
      initial={{ text: conclusion.text ?? '', amount: conclusion.amount_minor == null ? '' : yuanOf(conclusion.amount_minor), date: conclusion.date ?? '', competitor: conclusion.competitor ?? '' }}
      refreshes={REFRESHES}
      send={({ text, amount, date, competitor }, key) =>
        body(
          api.POST('/api/conclusions/{id}/confirm', {
            params: { path: { id: conclusion.id } },
            headers: once(key),
            body: { text, ...(kind === 'amount' ? { amount_minor: fenOf(amount ?? '') } : {}), ...(hasDate ? { date: date || null } : {}), ...(kind === 'competitor' ? { competitor: competitor || null } : {}) },
          }),
        )
      }
    >
      {kind === 'amount' ? <Form.Item name="amount" label={t('sales.conclusion.amount')} rules={[{ validator: (_, typed: string) => (fenOf(typed ?? '') ? Promise.resolve() : Promise.reject(new Error(t('sales.conclusion.amountShape')))) }]}><MoneyInput currency={CURRENCY} /></Form.Item> : null}
      {hasDate ? <Form.Item name="date" label={t('sales.conclusion.date')}><DayField /></Form.Item> : null}
      {kind === 'competitor' ? <Form.Item name="competitor" label={t('sales.field.competitor')}><Input maxLength={200} /></Form.Item> : null}
      <Form.Item name="text" label={t('sales.conclusion.words')} rules={[{ required: true, message: t('form.required') }]}><Input.TextArea rows={2} maxLength={500} /></Form.Item>
    </FormDialog>
  );
}
