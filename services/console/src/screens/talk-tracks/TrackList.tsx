import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Input, Tag } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { Panel } from '../../ui/Page';
import { Answer, Empty } from '../../ui/States';
import { Moment } from '../../ui/Values';
import { TrackForm } from './TrackForm';
import { contains } from './difference';
import { DUTIES, type Track, tracksQuery } from './query';

/** Every talk track; searching looks at all of its words. */
export function TrackList({ writes }: { writes: boolean }) {
  const { t } = useTranslation();
  const [searched, setSearched] = useState('');
  const [adding, setAdding] = useState(false);
  const tracks = useInfiniteQuery(tracksQuery);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = tracks;
  useEffect(() => {
    // A search must not miss what is on a later page.
    if (searched !== '' && hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [searched, hasNextPage, isFetchingNextPage, fetchNextPage]);
  const all = tracks.data?.pages.flatMap((page) => page.items);
  const found = all?.filter((track) => contains([track.title, track.industry, track.objection, track.text, ...track.points.map((point) => point.text)], searched));
  return (
    <Panel flush title={t('talkTracks.tab.tracks')} extra={writes ? <Button size="small" type="primary" onClick={() => setAdding(true)}>{t('talkTracks.add')}</Button> : null}>
      <div className="filters">
        <Input.Search allowClear style={{ maxWidth: 320 }} placeholder={t('talkTracks.search')} aria-label={t('talkTracks.search')} onChange={(event) => setSearched(event.target.value.trim())} />
      </div>
      <Answer of={{ ...tracks, data: found }} rows={6} isEmpty={(list) => list.length === 0} empty={<Empty title={searched === '' ? t('talkTracks.none') : t('talkTracks.nothingFound')} />}>
        {(list) => <div role="list">{list.map((track) => <Line key={track.id} track={track} />)}</div>}
      </Answer>
      {hasNextPage && searched === '' ? <div className="row" style={{ padding: 12 }}><Button size="small" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>{t('state.more')}</Button></div> : null}
      {adding ? <TrackForm close={() => setAdding(false)} /> : null}
    </Panel>
  );
}

function Line({ track }: { track: Track }) {
  const { t } = useTranslation();
  return (
    <div className="item" role="listitem">
      <div className="grow">
        <div className="row">
          <Link className="strong" to={`/talk-tracks/${track.id}`}>{track.title}</Link>
          {track.industry ? <Tag variant="filled">{track.industry}</Tag> : null}
        </div>
        <p>{track.objection}</p>
        <p className="soft">{[t('talkTracks.version', { version: track.words_version }), ...DUTIES.map((duty) => t(`talkTracks.counted.${duty}`, { count: track.points.filter((point) => point.duty === duty).length }))].join(' · ')}</p>
      </div>
      <span className="soft"><Moment at={track.changed_at} /></span>
    </div>
  );
}
