import { useQuery } from '@tanstack/react-query';
import { Collapse, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { api, body } from '../../api/client';
import { bilingual } from '../../ui/bilingual';
import { Panel } from '../../ui/Page';
import { labelled } from '../../ui/punctuated';
import { Answer, Empty } from '../../ui/States';
import { ComparisonTable } from './ComparisonTable';
import { PointList } from './PointList';
import type { Duty } from './query';
import './talk-tracks.css';

/** What to say to this opportunity's pain point, and how we compare with its competitors. */
export function Suggestions({ opportunity }: { opportunity: string }) {
  const { t } = useTranslation();
  const found = useQuery({
    queryKey: ['opportunities', opportunity, 'suggestions'],
    meta: { follows: ['opportunity', 'visit', 'talk_track'] },
    queryFn: () => body(api.GET('/api/opportunities/{id}/suggestions', { params: { path: { id: opportunity } } })),
  });
  return (
    <Panel flush title={t('talkTracks.suggestions.title')}>
      <Answer of={found} rows={3}>
        {({ available, notice, talk_tracks: tracks, comparison_sheets: sheets }) =>
          tracks.length + sheets.length === 0 ? (
            <Empty title={available ? t('talkTracks.suggestions.none') : t('talkTracks.suggestions.later')} hint={notice ? bilingual(notice) : t('talkTracks.suggestions.noneHint')} />
          ) : (
            <Collapse
              ghost
              size="small"
              items={[
                ...tracks.map((track) => ({
                  key: track.talk_track_id,
                  label: <span className="row">{track.title}{track.match === 'strong' ? <Tag variant="filled" color="green">{t('talkTracks.suggestions.strong')}</Tag> : null}</span>,
                  children: (
                    <div className="stack">
                      <p className="words">{track.text}</p>
                      <PointList points={track.key_points.map(({ duty, text }) => ({ duty: duty as Duty, text }))} />
                      {track.success_case ? <p className="words"><span className="soft">{labelled(t('talkTracks.field.successCase'))}</span>{track.success_case}</p> : null}
                      <Link to={`/talk-tracks/${track.talk_track_id}`}>{t('talkTracks.suggestions.open')}</Link>
                    </div>
                  ),
                })),
                ...sheets.map((sheet) => ({
                  key: sheet.comparison_sheet_id,
                  label: t('talkTracks.suggestions.against', { competitor: sheet.competitor }),
                  children: <ComparisonTable rows={sheet.rows} successCase={sheet.success_case} />,
                })),
              ]}
            />
          )
        }
      </Answer>
    </Panel>
  );
}
