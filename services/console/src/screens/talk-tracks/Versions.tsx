import { useQuery } from '@tanstack/react-query';
import { Select, Table, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { moment } from '../../ui/format';
import { Panel } from '../../ui/Page';
import { ReachableTable } from '../../ui/ReachableTable';
import { Answer } from '../../ui/States';
import { type Change, type PointDifference, pointDifferences } from './difference';
import { type KeyPoint, type Track, type TrackVersion, versionsQuery } from './query';

const COLOURS: Record<Change, string | undefined> = { same: undefined, added: 'green', removed: 'red', changed: 'orange' };

/** Two versions side by side. */
export function Versions({ track }: { track: Track }) {
  const { t } = useTranslation();
  return (
    <Panel title={t('talkTracks.versions.title')}>
      <Answer of={useQuery(versionsQuery(track.id))} rows={3}>
        {(versions) => versions.length < 2 ? <p className="soft" style={{ margin: 0 }}>{t('talkTracks.versions.only')}</p> : <Compared versions={versions} />}
      </Answer>
    </Panel>
  );
}

function Compared({ versions }: { versions: readonly TrackVersion[] }) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<{ before?: number; after?: number }>({});
  const after = versions.find(({ version }) => version === chosen.after) ?? versions[0];
  const before = versions.find(({ version }) => version === chosen.before) ?? versions[1];
  if (!before || !after) return null;
  const options = versions.map(({ version, written_at }) => ({ value: version, label: `${t('talkTracks.version', { version })} · ${moment(written_at)}` }));
  return (
    <div className="stack">
      <div className="row">
        <Select aria-label={t('talkTracks.versions.before')} value={before.version} options={options} onChange={(version) => setChosen({ ...chosen, before: version })} style={{ minWidth: 190 }} />
        <span aria-hidden="true">→</span>
        <Select aria-label={t('talkTracks.versions.after')} value={after.version} options={options} onChange={(version) => setChosen({ ...chosen, after: version })} style={{ minWidth: 190 }} />
      </div>
      <Words before={before} after={after} />
      <ReachableTable label={t('talkTracks.versions.title')}>
        <Table<PointDifference>
          size="small"
          rowKey="id"
          pagination={false}
          scroll={{ x: 'max-content' }}
          dataSource={pointDifferences(before.points, after.points)}
          columns={[
            { title: t('talkTracks.versions.change'), dataIndex: 'change', width: 80, render: (change: Change) => <Tag variant="filled" color={COLOURS[change]}>{t(`talkTracks.versions.as.${change}`)}</Tag> },
            { title: t('talkTracks.version', { version: before.version }), dataIndex: 'before', render: (point?: KeyPoint) => <Point point={point} /> },
            { title: t('talkTracks.version', { version: after.version }), dataIndex: 'after', render: (point?: KeyPoint) => <Point point={point} /> },
          ]}
        />
      </ReachableTable>
    </div>
  );
}

function Words({ before, after }: { before: TrackVersion; after: TrackVersion }) {
  const { t } = useTranslation();
  const fields = [['text', before.text, after.text], ['objection', before.objection, after.objection], ['successCase', before.success_case, after.success_case]] as const;
  return (
    <>
      {fields.filter(([, old, now]) => (old ?? '') !== (now ?? '')).map(([name, old, now]) => (
        <div key={name} className="changed-words">
          <h3>{t(`talkTracks.field.${name}`)}</h3>
          <del>{old}</del>
          <ins>{now}</ins>
        </div>
      ))}
    </>
  );
}

function Point({ point }: { point: KeyPoint | undefined }) {
  const { t } = useTranslation();
  if (!point) return <span className="soft">—</span>;
  return <span className="version-point"><span className="soft">{t(`talkTracks.duty.${point.duty}`)}</span> {point.text}</span>;
}
