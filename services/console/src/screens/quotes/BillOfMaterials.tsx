import { useQuery } from '@tanstack/react-query';
import { Descriptions, Drawer, Table } from 'antd';
import { useTranslation } from 'react-i18next';

import type { components } from '../../api/schema';
import { Answer, Empty } from '../../ui/States';
import { Moment, Money } from '../../ui/Values';
import { type QuoteLine, billsQuery, productsQuery } from './query';

type Version = components['schemas']['ProductVersionView'];

interface Props {
  line: QuoteLine;
  title: string;
  close: () => void;
}

/** What goes into one unit and how its price follows; for those who may see costs. */
export function BillOfMaterials({ line, title, close }: Props) {
  const { t } = useTranslation();
  const products = useQuery(productsQuery);
  const id = products.data?.find(({ code }) => code === line.product_code)?.id;
  const bills = useQuery({ ...billsQuery(id ?? ''), enabled: id !== undefined });
  return (
    <Drawer open onClose={close} size={640} title={`${title} · ${t('quotes.bom.version', { number: line.product_number })}`}>
      <Answer of={bills}>{(versions) => <Bill version={versions.find(({ number }) => number === line.product_number)} />}</Answer>
    </Drawer>
  );
}

function Bill({ version }: { version: Version | undefined }) {
  const { t } = useTranslation();
  if (!version) return <Empty />;
  const { bom, costing } = version;
  const steps = (['materials', 'labour', 'overhead', 'cost', 'price'] as const).map((step) => ({ key: step, label: t(`quotes.bom.${step}`), children: <Money of={costing[step]} /> }));
  return (
    <div className="stack">
      <Table
        size="small"
        rowKey="name"
        pagination={false}
        dataSource={bom.components}
        scroll={{ x: 'max-content' }}
        columns={[
          { title: t('quotes.bom.component'), dataIndex: 'name' },
          { title: t('quotes.quantity'), dataIndex: 'quantity', align: 'end' },
          { title: t('quotes.bom.scrap'), dataIndex: 'scrap_percent', align: 'end', render: (percent?: string) => `${percent ?? 0}%` },
          { title: t('quotes.bom.materialPrice'), dataIndex: 'material_price', align: 'end', render: (_: unknown, row) => <Money of={row.material_price} /> },
        ]}
      />
      <Table
        size="small"
        rowKey="name"
        pagination={false}
        dataSource={bom.labour ?? []}
        scroll={{ x: 'max-content' }}
        columns={[
          { title: t('quotes.bom.work'), dataIndex: 'name' },
          { title: t('quotes.bom.hours'), dataIndex: 'hours', align: 'end' },
          { title: t('quotes.bom.rate'), dataIndex: 'rate', align: 'end', render: (_: unknown, row) => <Money of={row.rate} /> },
        ]}
      />
      <Descriptions size="small" column={1} bordered items={[...steps, { key: 'margin', label: t('quotes.bom.margin'), children: `${costing.target_margin_percent}%` }, { key: 'at', label: t('quotes.bom.published'), children: <Moment at={version.published_at} /> }]} />
    </div>
  );
}
