import { useQuery } from '@tanstack/react-query';
import { Button, Table } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { Chart } from '../../ui/Chart';
import { count, percent } from '../../ui/format';
import { Panel } from '../../ui/Page';
import { Answer, Empty } from '../../ui/States';
import { Records } from './Records';
import { BLUE, bars, kept } from './figures';
import type { Period } from './period';
import { type FunnelStep, funnelQuery } from './query';

/** Which kind of record stands behind a step. */
const KINDS: Record<string, string> = { received: 'lead', assigned: 'lead', touched: 'lead', converted: 'opportunity', quoted: 'quote', signed: 'contract', delivered: 'delivery', cleared: 'payment_journey' };

/** How far the leads of a time have come. */
export function Funnel({ period }: { period: Period }) {
  const { t } = useTranslation();
  return (
    <Panel title={t('reports.funnel.title')} extra={<span className="soft">{t('reports.funnel.hint')}</span>}>
      <Answer of={useQuery(funnelQuery(period))} rows={8} isEmpty={({ steps }) => steps.every(({ leads }) => leads === 0)} empty={<Empty title={t('reports.empty')} hint={t('reports.funnel.none')} />}>
        {({ steps }) => <Steps steps={steps} />}
      </Answer>
    </Panel>
  );
}

function Steps({ steps }: { steps: readonly FunnelStep[] }) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState<FunnelStep | null>(null);
  const rates = kept(steps);
  const option = useMemo(
    () => bars({ lying: true, categories: steps.map(({ step }) => t(`reports.step.${step}`)), say: count, series: [{ name: t('reports.funnel.leads'), colour: BLUE, values: steps.map(({ leads }) => leads) }] }),
    [steps, t],
  );
  return (
    <div className="chart-and-table">
      <Chart option={option} label={t('reports.funnel.title')} height={300} />
      <Table<FunnelStep>
        size="small"
        rowKey="step"
        pagination={false}
        dataSource={[...steps]}
        columns={[
          { title: t('reports.funnel.step'), dataIndex: 'step', render: (step: string) => t(`reports.step.${step}`) },
          { title: t('reports.funnel.leads'), dataIndex: 'leads', align: 'end', render: (leads: number, step) => (leads > 0 ? <Button type="link" size="small" className="num" style={{ padding: 0 }} aria-label={t('reports.open', { count: leads, name: t(`reports.step.${step.step}`) })} onClick={() => setOpened(step)}>{count(leads)}</Button> : 0) },
          { title: t('reports.funnel.ofAll'), dataIndex: 'share', align: 'end', render: (share: number) => percent(share) },
          { title: t('reports.funnel.ofBefore'), align: 'end', render: (_: unknown, __, at) => { const rate = rates[at]; return rate === null || rate === undefined ? '—' : percent(rate); } },
        ]}
      />
      {opened ? <Records title={t(`reports.step.${opened.step}`)} kind={KINDS[opened.step] ?? 'lead'} ids={opened.records} of={opened.leads} close={() => setOpened(null)} /> : null}
    </div>
  );
}
