import { useQuery } from '@tanstack/react-query';
import { Button, Table, Tag } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { Chart } from '../../ui/Chart';
import { count, percent } from '../../ui/format';
import { Panel } from '../../ui/Page';
import { Answer, Empty } from '../../ui/States';
import { PATH } from '../sales/stage';
import { Records } from './Records';
import { BLUE, LIGHT, bars } from './figures';
import { axisOf, saidHours } from './hours';
import type { Period } from './period';
import { type StageDwell, dwellQuery } from './query';

/** Stays more uneven than this are worth a look. */
const UNEVEN = 0.18;

/** How long opportunities stay in each stage, and how evenly. */
export function Dwell({ period }: { period: Period }) {
  const { t } = useTranslation();
  return (
    <Panel title={t('reports.dwell.title')} extra={<span className="soft">{t('reports.dwell.hint')}</span>}>
      <Answer of={useQuery(dwellQuery(period))} rows={8} isEmpty={({ stages }) => stages.length === 0} empty={<Empty title={t('reports.empty')} hint={t('reports.dwell.none')} />}>
        {({ stages }) => <Stages stages={inOrder(stages)} />}
      </Answer>
    </Panel>
  );
}

const ORDER: readonly string[] = [...PATH, 'lost'];

/** As opportunities pass through them. */
function inOrder(stages: readonly StageDwell[]): StageDwell[] {
  return [...stages].sort((one, other) => ORDER.indexOf(one.stage) - ORDER.indexOf(other.stage));
}

function Stages({ stages }: { stages: readonly StageDwell[] }) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState<{ title: string; ids: readonly string[]; of: number } | null>(null);
  const hours = (value: number | null | undefined) => (value === null || value === undefined ? '—' : saidHours(value, t));
  const name = (stage: string) => t(`sales.stage.${stage}`, { defaultValue: stage });
  const ended = stages.some(({ left }) => left > 0);
  const option = useMemo(
    () => bars({
      categories: stages.map(({ stage }) => t(`sales.stage.${stage}`, { defaultValue: stage })),
      say: (value) => saidHours(value, t),
      axis: axisOf(Math.max(0, ...stages.map(({ median_hours, p90_hours }) => p90_hours ?? median_hours ?? 0)), t),
      series: [
        { name: t('reports.dwell.median'), colour: BLUE, values: stages.map(({ median_hours }) => median_hours ?? null) },
        { name: t('reports.dwell.p90'), colour: LIGHT, values: stages.map(({ p90_hours }) => p90_hours ?? null) },
      ],
    }),
    [stages, t],
  );
  const open = (stage: StageDwell, which: 'left' | 'staying') => setOpened({ title: `${name(stage.stage)} · ${t(`reports.dwell.${which}`)}`, ids: stage[`${which}_opportunities`], of: stage[which] });
  const cell = (which: 'left' | 'staying') => ({
    title: t(`reports.dwell.${which}`), dataIndex: which, align: 'end' as const,
    render: (value: number, stage: StageDwell) => (value > 0 ? <Button type="link" size="small" className="num" style={{ padding: 0 }} aria-label={t('reports.open', { count: value, name: `${name(stage.stage)} ${t(`reports.dwell.${which}`)}` })} onClick={() => open(stage, which)}>{count(value)}</Button> : 0),
  });
  return (
    <div className="chart-and-table">
      {ended ? <Chart option={option} label={t('reports.dwell.title')} /> : <Empty title={t('reports.dwell.noneLeft')} hint={t('reports.dwell.noneLeftHint')} />}
      <Table<StageDwell>
        size="small"
        rowKey="stage"
        pagination={false}
        dataSource={[...stages]}
        scroll={{ x: 'max-content' }}
        columns={[
          { title: t('sales.field.stage'), dataIndex: 'stage', render: (stage: string) => name(stage) },
          cell('staying'),
          cell('left'),
          { title: t('reports.dwell.median'), align: 'end', render: (_: unknown, { median_hours }) => hours(median_hours) },
          { title: t('reports.dwell.p90'), align: 'end', render: (_: unknown, { p90_hours }) => hours(p90_hours) },
          { title: t('reports.dwell.variation'), align: 'end', render: (_: unknown, { variation }) => (variation === null || variation === undefined ? '—' : variation > UNEVEN ? <Tag color="orange">{percent(variation)}</Tag> : percent(variation)) },
        ]}
      />
      {opened ? <Records title={opened.title} kind="opportunity" ids={opened.ids} of={opened.of} close={() => setOpened(null)} /> : null}
    </div>
  );
}
