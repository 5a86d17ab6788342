import { useInfiniteQuery } from '@tanstack/react-query';
import { Alert, Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { api, body, once } from '../../api/client';
import { useWrite } from '../../api/useWrite';
import { FormDialog } from '../../ui/FormDialog';
import { Panel } from '../../ui/Page';
import { PersonName } from '../../ui/PersonName';
import { labelled } from '../../ui/punctuated';
import { Answer, Empty, say } from '../../ui/States';
import { Moment } from '../../ui/Values';
import { VisitedCompany } from '../sales/Company';
import { type Candidate, candidatesQuery } from './query';

/** Objections that were heard in recordings: into the library or not. */
export function Candidates() {
  const { t } = useTranslation();
  const found = useInfiniteQuery(candidatesQuery);
  const all = found.data?.pages.flatMap((page) => page.items);
  return (
    <Panel flush title={t('talkTracks.tab.candidates')}>
      <Answer of={{ ...found, data: all }} isEmpty={(list) => list.length === 0} empty={<Empty title={t('talkTracks.candidate.none')} hint={t('talkTracks.candidate.noneHint')} />}>
        {(list) => <div role="list">{list.map((candidate) => <Line key={candidate.id} candidate={candidate} />)}</div>}
      </Answer>
      {found.hasNextPage ? <div className="row" style={{ padding: 12 }}><Button size="small" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>{t('state.more')}</Button></div> : null}
    </Panel>
  );
}

function Line({ candidate }: { candidate: Candidate }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const reject = useWrite({
    send: (id: string, key) => body(api.POST('/api/objection-candidates/{id}/reject', { params: { path: { id } }, headers: once(key) })),
    refreshes: [['objection-candidates']],
  });
  return (
    <div className="item" role="listitem">
      <div className="grow">
        <p className="strong">{candidate.text ?? t('talkTracks.candidate.wordsGone')}</p>
        <span className="row soft"><Moment at={candidate.mined_at} /><span>·</span><span>{labelled(t('coaching.column.rep'))}<PersonName id={candidate.rep_id} /></span>{candidate.visit_id ? <VisitedCompany visit={candidate.visit_id} /> : null}</span>
        {reject.error ? <Alert type="error" title={say(reject.error, t('state.failedHint'))} /> : null}
      </div>
      <span className="row">
        <Button size="small" type="primary" onClick={() => setOpen(true)}>{t('talkTracks.candidate.accept')}</Button>
        <Button size="small" loading={reject.isPending} onClick={() => reject.mutate(candidate.id)}>{t('talkTracks.candidate.reject')}</Button>
      </span>
      {open ? <AcceptForm candidate={candidate} close={() => setOpen(false)} /> : null}
    </div>
  );
}

interface Typed {
  text: string;
  industry?: string;
}

function AcceptForm({ candidate, close }: { candidate: Candidate; close: () => void }) {
  const { t } = useTranslation();
  return (
    <FormDialog<Typed, Candidate>
      open
      close={close}
      title={t('talkTracks.candidate.accept')}
      fields={['text', 'industry']}
      initial={{ text: candidate.text ?? '' }}
      refreshes={[['objection-candidates'], ['objections']]}
      send={({ text, industry }, key) =>
        body(api.POST('/api/objection-candidates/{id}/accept', { params: { path: { id: candidate.id } }, headers: once(key), body: { text, industry: industry || null, customer_id: null } }))
      }
    >
      <Form.Item name="text" label={t('talkTracks.field.objection')} rules={[{ required: true, message: t('form.required') }]}><Input.TextArea rows={3} maxLength={500} /></Form.Item>
      <Form.Item name="industry" label={t('talkTracks.field.industry')} extra={t('talkTracks.objection.industryHint')}><Input maxLength={50} /></Form.Item>
    </FormDialog>
  );
}
