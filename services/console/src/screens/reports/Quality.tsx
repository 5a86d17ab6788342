import { useQueries, useQuery } from '@tanstack/react-query';
import { Segmented, Table } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useOrgName, usePeople } from '../../api/directory';
import { named } from '../../ui/byName';
import { Chart } from '../../ui/Chart';
import { percent } from '../../ui/format';
import { Panel } from '../../ui/Page';
import { Answer, Empty } from '../../ui/States';
import { BLUE, bars, shareOf } from './figures';
import type { Period } from './period';
import { GROUPS, type Group, type KeyShare, objectionQuery, qualityQuery } from './query';

/** How many answers on visits were of high quality. */
export function Quality({ period }: { period: Period }) {
  const { t } = useTranslation();
  const [by, setBy] = useState<Group>('rep');
  const query = useQuery({ ...qualityQuery(period, by), placeholderData: undefined });
  return (
    <Panel title={t('reports.quality.title')} extra={<Segmented<Group> size="small" aria-label={t('reports.quality.by')} value={by} onChange={setBy} options={GROUPS.map((value) => ({ value, label: t(`reports.quality.groups.${value}`) }))} />}>
      <Answer of={query} rows={6} isEmpty={(shares) => shares.length === 0} empty={<Empty title={t('reports.empty')} hint={t('reports.quality.none')} />}>
        {(shares) => <Named shares={shares} by={by} />}
      </Answer>
    </Panel>
  );
}

/** Shares with the names of whom or what they are about. */
function Named({ shares, by }: { shares: readonly KeyShare[]; by: Group }) {
  const { t } = useTranslation();
  const people = usePeople();
  const orgName = useOrgName();
  const objections = useQueries({ queries: by === 'objection' ? shares.map(({ key }) => objectionQuery(key)) : [] });
  const said = objections.map(({ data }) => data?.text).join('\n');
  const rows = useMemo(() => {
    const texts = said.split('\n');
    return named(shares.map((share, at) => ({ share, name: (by === 'rep' ? people.get(share.key)?.name : by === 'team' ? orgName(share.key) : texts[at]) || t('person.unknown') })));
  }, [shares, by, people, orgName, said, t]);
  const inOrder = useMemo(() => ({ shares: rows.map(({ share }) => share), names: rows.map(({ name }) => name) }), [rows]);
  return <Shares {...inOrder} label={t('reports.quality.title')} head={t(`reports.quality.groups.${by}`)} lying />;
}

interface SharesProps {
  shares: readonly KeyShare[];
  names: readonly string[];
  label: string;
  head: string;
  lying?: boolean;
}

export function Shares({ shares, names, label, head, lying = false }: SharesProps) {
  const { t } = useTranslation();
  const option = useMemo(
    () => bars({ lying, categories: names, say: percent, series: [{ name: label, colour: BLUE, values: shares.map(({ part, of }) => shareOf(part, of)) }] }),
    [shares, names, label, lying],
  );
  const rows = shares.map((share, at) => ({ ...share, name: names[at] ?? '' }));
  return (
    <div className="chart-and-table">
      <Chart option={option} label={label} height={Math.max(120, lying ? 46 + 38 * shares.length : 240)} />
      <Table
        size="small"
        rowKey="key"
        pagination={false}
        dataSource={rows}
        columns={[
          { title: head, dataIndex: 'name' },
          { title: t('reports.quality.part'), dataIndex: 'part', align: 'end' },
          { title: t('reports.quality.of'), dataIndex: 'of', align: 'end' },
          { title: t('reports.quality.share'), align: 'end', render: (_: unknown, { part, of }) => { const share = shareOf(part, of); return share === null ? '—' : percent(share); } },
        ]}
      />
    </div>
  );
}
