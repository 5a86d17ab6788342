import { useInfiniteQuery } from '@tanstack/react-query';
import { Alert, Button, Input, Tag } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { api, body, once } from '../../api/client';
import type { components } from '../../api/schema';
import { useWrite } from '../../api/useWrite';
import { bilingual } from '../../ui/bilingual';
import { PageHead, Panel } from '../../ui/Page';
import { sentences } from '../../ui/punctuated';
import { Answer, Empty, say } from '../../ui/States';
import { Moment, Money } from '../../ui/Values';
import { type Entry, queueQuery } from './query';

type Report = components['schemas']['ImportReport'];

/** Bank statements: the import, and by hand what could not be matched. */
export function Statements() {
  const { t } = useTranslation();
  return (
    <>
      <PageHead title={t('collections.statements')} hint={<Link to="/collections">{t('nav.collections')}</Link>} />
      <div className="stack">
        <Upload />
        <Queue />
      </div>
    </>
  );
}

function Upload() {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const [account, setAccount] = useState('');
  const send = useWrite({
    send: async (file: File, key) =>
      body(
        api.POST('/api/bank-statements', {
          params: { query: account ? { account } : {} },
          body: (await file.arrayBuffer()) as unknown as string,
          bodySerializer: (bytes) => bytes as BodyInit,
          headers: { ...once(key), 'content-type': file.name.toLowerCase().endsWith('.csv') ? 'text/csv' : 'application/xml' },
        }),
      ),
    refreshes: [['statements'], ['receivables'], ['todos']],
  });
  const take = (file: File | undefined) => {
    if (file) send.mutate(file);
  };
  return (
    <Panel title={t('collections.upload.title')}>
      <div className="stack">
        <div className="row">
          <Button type="primary" loading={send.isPending} onClick={() => input.current?.click()}>{t('collections.upload.pick')}</Button>
          <Input style={{ width: 280 }} placeholder={t('collections.upload.account')} aria-label={t('collections.upload.account')} value={account} onChange={(event) => setAccount(event.target.value)} />
          <span className="soft">{t('collections.upload.hint')}</span>
          <input
            ref={input}
            type="file"
            accept=".xml,.csv"
            className="sr-only"
            tabIndex={-1}
            aria-label={t('collections.upload.pick')}
            onChange={(event) => {
              take(event.target.files?.[0]);
              event.target.value = '';
            }}
          />
        </div>
        {send.error ? (
          <Alert type="error" showIcon title={say(send.error, t('state.failedHint'))} description={<ul className="reasons">{send.error.fields.map((field) => <li key={field.field + field.reason}>{field.reason}</li>)}</ul>} />
        ) : null}
        {send.data ? <Outcome report={send.data} /> : null}
      </div>
    </Panel>
  );
}

function Outcome({ report }: { report: Report }) {
  const { t } = useTranslation();
  return (
    <Alert
      type={report.errors.length > 0 ? 'warning' : 'success'}
      showIcon
      title={report.already_imported ? t('collections.upload.before') : t('collections.upload.done', { count: report.entries })}
      description={
        <div className="row">
          <Tag color="green">{t('collections.upload.matched', { count: report.matched })}</Tag>
          <Tag color="orange">{t('collections.upload.queued', { count: report.queued })}</Tag>
          <Tag>{t('collections.upload.repeated', { count: report.repeated })}</Tag>
          <Tag>{t('collections.upload.ignored', { count: report.ignored })}</Tag>
          {report.errors.length > 0 ? <ul className="reasons">{report.errors.map((error) => <li key={`${error.line}${error.reason.zh}`}>{t('collections.upload.line', { line: error.line })} {bilingual(error.reason)}</li>)}</ul> : null}
        </div>
      }
    />
  );
}

function Queue() {
  const { t } = useTranslation();
  const queue = useInfiniteQuery(queueQuery);
  const items = queue.data?.pages.flatMap((page) => page.items);
  return (
    <Panel flush title={t('collections.queue.title')}>
      <Answer of={{ ...queue, data: items }} isEmpty={(list) => list.length === 0} empty={<Empty title={t('collections.queue.none')} hint={t('collections.queue.noneHint')} />}>
        {(list) => <div role="list">{list.map((entry) => <Line key={entry.id} entry={entry} />)}</div>}
      </Answer>
    </Panel>
  );
}

function Line({ entry }: { entry: Entry }) {
  const { t } = useTranslation();
  const match = useWrite({
    send: (receivable_id: string, key) =>
      body(api.POST('/api/bank-statements/entries/{id}/match', { params: { path: { id: entry.id } }, headers: once(key), body: { receivable_id } })),
    refreshes: [['statements'], ['receivables'], ['todos']],
  });
  return (
    <div className="item" role="listitem">
      <div className="grow stack tight">
        <div className="row spread">
          <span className="strong">{entry.counterparty}</span>
          <span className="row"><span className="strong"><Money of={entry.amount} /></span><span className="soft"><Moment at={entry.booked_at} /></span></span>
        </div>
        <span className="soft">{entry.remittance}</span>
        {entry.explanation.map((text) => <span className="soft" key={text.zh}>{bilingual(text)}</span>)}
        {match.error ? <span className="danger">{say(match.error, t('state.failedHint'))}</span> : null}
        {entry.suggestions.length === 0 ? <span className="warn">{t('collections.queue.noSuggestion')}</span> : null}
        {entry.suggestions.map((suggestion) => (
          <div className="row spread" key={suggestion.receivable_id}>
            <span>
              <Link to={`/collections/${suggestion.receivable_id}`}>{suggestion.company}</Link> <span className="num soft">{suggestion.contract_number}</span>{' '}
              <span className="soft">{sentences(suggestion.reasons.map(bilingual))}</span>
            </span>
            <Button size="small" loading={match.isPending} onClick={() => match.mutate(suggestion.receivable_id)}>{t('collections.queue.match', { score: suggestion.score })}</Button>
          </div>
        ))}
      </div>
    </div>
  );
}
