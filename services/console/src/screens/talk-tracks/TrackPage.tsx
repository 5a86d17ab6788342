import { useQuery } from '@tanstack/react-query';
import { App, Button, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';

import { api, once } from '../../api/client';
import { useWrite } from '../../api/useWrite';
import { hasRole, useMe } from '../../app/session';
import { PageHead, Panel } from '../../ui/Page';
import { Answer, say } from '../../ui/States';
import { Moment } from '../../ui/Values';
import { Examples } from './Examples';
import { PointList } from './PointList';
import { TrackForm } from './TrackForm';
import { Versions } from './Versions';
import { type Track, WRITERS, trackQuery } from './query';
import './talk-tracks.css';

export function TrackPage() {
  const { id = '' } = useParams();
  return <Answer of={useQuery(trackQuery(id))} rows={8}>{(track) => <Found track={track} />}</Answer>;
}

function Found({ track }: { track: Track }) {
  const { t } = useTranslation();
  const [editing, setEditing] = useState(false);
  const writes = hasRole(useMe(), WRITERS);
  return (
    <>
      <PageHead
        title={track.title}
        hint={<span className="row"><Link to="/talk-tracks">{t('talkTracks.title')}</Link><span>·</span><span>{t('talkTracks.version', { version: track.words_version })}</span><span>·</span><Moment at={track.changed_at} /></span>}
        extra={writes ? <><Button onClick={() => setEditing(true)}>{t('form.edit')}</Button><Withdraw track={track} /></> : null}
      />
      <div className="columns">
        <div className="stack">
          <Panel title={t('talkTracks.content')} extra={track.industry ? <Tag variant="filled">{track.industry}</Tag> : null}>
            <div className="stack">
              <div><h3>{t('talkTracks.field.objection')}</h3><blockquote className="said">{track.objection}</blockquote></div>
              <div><h3>{t('talkTracks.field.text')}</h3><p className="words">{track.text}</p></div>
              <PointList points={track.points} />
              {track.success_case ? <div><h3>{t('talkTracks.field.successCase')}</h3><p className="words">{track.success_case}</p></div> : null}
            </div>
          </Panel>
          <Versions track={track} />
        </div>
        <Examples track={track} />
      </div>
      {editing ? <TrackForm track={track} close={() => setEditing(false)} /> : null}
    </>
  );
}

function Withdraw({ track }: { track: Track }) {
  const { t } = useTranslation();
  const { modal, message } = App.useApp();
  const navigate = useNavigate();
  const write = useWrite({
    send: async (id: string, key) => {
      await api.DELETE('/api/talk-tracks/{id}', { params: { path: { id } }, headers: once(key) });
    },
    refreshes: [['talk-tracks', 'list']],
    onDone: () => void navigate('/talk-tracks'),
  });
  const ask = () =>
    modal.confirm({
      title: t('talkTracks.withdrawTitle', { title: track.title }),
      content: t('talkTracks.withdrawHint'),
      okText: t('talkTracks.withdraw'),
      cancelText: t('form.cancel'),
      okButtonProps: { danger: true },
      onOk: () => write.mutateAsync(track.id).catch((problem) => void message.error(say(problem, t('state.failedHint')))),
    });
  return <Button danger onClick={() => void ask()}>{t('talkTracks.withdraw')}</Button>;
}
