import { useQuery } from '@tanstack/react-query';
import { Alert, App, Button, Drawer, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { api, body, once } from '../../api/client';
import { useWrite } from '../../api/useWrite';
import { Hash } from '../../ui/Hash';
import { PersonName } from '../../ui/PersonName';
import { Answer, say } from '../../ui/States';
import { Moment } from '../../ui/Values';
import { ClauseForm } from './ClauseForm';
import { KindTag, RequiredFor } from './ClauseLibrary';
import { type Clause, clauseRevisionsQuery } from './query';

interface Props {
  id: string;
  may: boolean;
  close: () => void;
}

/** Every revision of a clause; legal writes the next one and publishes it with a second factor. */
export function ClauseDrawer({ id, may, close }: Props) {
  const revisions = useQuery(clauseRevisionsQuery(id));
  const latest = revisions.data?.[0];
  return (
    <Drawer open onClose={close} size={680} title={latest ? `${latest.code} · ${latest.title}` : ' '}>
      <Answer of={revisions}>
        {(all) => (
          <div className="stack">
            {may && all[0] ? <Doings latest={all[0]} /> : null}
            {all.map((revision) => <Revision key={revision.revision} revision={revision} />)}
          </div>
        )}
      </Answer>
    </Drawer>
  );
}

function Doings({ latest }: { latest: Clause }) {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const [writing, setWriting] = useState(false);
  const publish = useWrite({
    send: (_: null, key) => body(api.POST('/api/clauses/{id}/publish', { params: { path: { id: latest.id } }, headers: once(key) })),
    refreshes: [['clauses']],
  });
  const ask = () => modal.confirm({ title: t('clauses.publishAsk', { title: latest.title }), content: t('clauses.publishHint'), okText: t('clauses.publish'), cancelText: t('form.cancel'), onOk: () => publish.mutate(null) });
  return (
    <>
      <div className="row">
        <Button onClick={() => setWriting(true)}>{t(latest.published_at ? 'clauses.next' : 'clauses.changeDraft')}</Button>
        {latest.published_at ? null : <Button type="primary" loading={publish.isPending} onClick={ask}>{t('clauses.publish')}</Button>}
      </div>
      {publish.error ? <Alert type="error" showIcon title={say(publish.error, t('state.failedHint'))} /> : null}
      {writing ? <ClauseForm clause={latest} close={() => setWriting(false)} /> : null}
    </>
  );
}

function Revision({ revision }: { revision: Clause }) {
  const { t } = useTranslation();
  return (
    <article className={revision.kind === 'locked' ? 'panel clause locked' : 'panel clause'}>
      <div className="row spread">
        <h3>{t('contracts.clauseRevision', { number: revision.revision })} <KindTag kind={revision.kind} /></h3>
        <Tag color={revision.published_at ? 'green' : 'orange'}>{t(revision.published_at ? 'clauses.published' : 'clauses.draft')}</Tag>
      </div>
      <div className="strong">{revision.title}</div>
      <p>{revision.body}</p>
      <div className="soft"><RequiredFor clause={revision} /> · {t('clauses.effective')} <Moment at={revision.effective_from} /></div>
      <div className="soft"><PersonName id={revision.published_by ?? revision.created_by} /> · <Moment at={revision.published_at ?? revision.created_at} /></div>
      <Hash name="SHA-256" of={revision.sha256} />
    </article>
  );
}
