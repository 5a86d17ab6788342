import { useQuery } from '@tanstack/react-query';
import { Select, Table } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { language } from '../../i18n';
import { bilingual } from '../../ui/bilingual';
import { day, money, moment } from '../../ui/format';
import { Panel } from '../../ui/Page';
import { quantity } from '../../ui/quantity';
import { Answer } from '../../ui/States';
import { LINE_FIELDS, type LineField, type LinePair, compareLines } from './compare';
import { type QuoteLine, type Revision, revisionsQuery } from './query';

/** Two revisions side by side, with what changed marked. */
export function Revisions({ quote }: { quote: { id: string; revision: number } }) {
  const { t } = useTranslation();
  const query = useQuery(revisionsQuery(quote.id));
  if (quote.revision === 1) return null;
  return (
    <div style={{ marginTop: 14 }}>
      <Panel title={t('quotes.compare.title')}><Answer of={query}>{(all) => <Compared all={all} />}</Answer></Panel>
    </div>
  );
}

function Compared({ all }: { all: readonly Revision[] }) {
  const { t } = useTranslation();
  const [numbers, setNumbers] = useState<{ before?: number; after?: number }>({});
  const after = all.find(({ revision }) => revision === numbers.after) ?? all[0];
  const before = all.find(({ revision }) => revision === numbers.before) ?? all[1];
  if (!before || !after) return null;
  const options = all.map(({ revision, status, created_at }) => ({ value: revision, label: `${t('quotes.revision', { number: revision })} · ${t(`quotes.status.${status}`)} · ${moment(created_at)}` }));
  return (
    <div className="stack">
      <div className="row">
        <Select style={{ width: 250 }} aria-label={t('quotes.compare.before')} value={before.revision} options={options} onChange={(value) => setNumbers({ ...numbers, before: value })} />
        <span className="soft">→</span>
        <Select style={{ width: 250 }} aria-label={t('quotes.compare.after')} value={after.revision} options={options} onChange={(value) => setNumbers({ ...numbers, after: value })} />
      </div>
      <Lines before={before} after={after} />
      <Terms before={before} after={after} />
    </div>
  );
}

type Line = NonNullable<LinePair['after']>;

const shown: Record<LineField, (line: Line) => string> = {
  quantity: (line) => quantity(line, language()),
  list_price: (line) => money(line.list_price),
  discount_percent: (line) => `${line.discount_percent}%`,
  net: (line) => money(line.net),
};

function Lines({ before, after }: { before: Revision; after: Revision }) {
  const { t } = useTranslation();
  const titles: Record<LineField, string> = { quantity: t('quotes.quantity'), list_price: t('quotes.listPrice'), discount_percent: t('quotes.discount'), net: t('quotes.net') };
  const side = (which: 'before' | 'after', field: LineField) => ({
    key: `${field}${which}`,
    title: t('quotes.revision', { number: which === 'before' ? before.revision : after.revision }),
    align: 'end' as const,
    className: 'num',
    render: (_: unknown, pair: LinePair) => (pair[which] ? shown[field](pair[which]) : '—'),
    onCell: (pair: LinePair) => ({ className: pair.changed.has(field) ? 'changed' : '' }),
  });
  return (
    <Table<LinePair>
      size="small"
      bordered
      rowKey="key"
      pagination={false}
      dataSource={compareLines(before, after)}
      scroll={{ x: 'max-content' }}
      columns={[
        { title: t('quotes.product'), key: 'product', render: (_: unknown, pair) => nameOf(pair.after ?? pair.before) },
        ...LINE_FIELDS.map((field) => ({ title: titles[field], key: field, children: [side('before', field), side('after', field)] })),
      ]}
    />
  );
}

function nameOf(line: Pick<QuoteLine, 'name_zh' | 'name_en'> | undefined): string {
  return line ? bilingual({ zh: line.name_zh, en: line.name_en }) : '';
}

function Terms({ before, after }: { before: Revision; after: Revision }) {
  const { t } = useTranslation();
  const rows: { key: string; label: string; of: (revision: Revision) => string }[] = [
    { key: 'total', label: t('quotes.total'), of: ({ totals }) => money(totals.total) },
    { key: 'discount', label: t('quotes.step.discount'), of: ({ totals }) => money(totals.discount) },
    { key: 'delivery', label: t('quotes.deliveryDate'), of: ({ delivery_date }) => day(delivery_date) },
    { key: 'validity', label: t('quotes.validity'), of: ({ validity_days }) => `${validity_days} ${t('quotes.days')}` },
    { key: 'note', label: t('collections.note'), of: ({ note }) => note || '—' },
  ];
  return (
    <Table
      size="small"
      bordered
      rowKey="key"
      pagination={false}
      dataSource={rows}
      scroll={{ x: 'max-content' }}
      columns={[
        { title: t('conflict.field'), dataIndex: 'label', width: 160 },
        { title: t('quotes.revision', { number: before.revision }), render: (_: unknown, row) => row.of(before), onCell: (row) => ({ className: row.of(before) === row.of(after) ? '' : 'changed' }) },
        { title: t('quotes.revision', { number: after.revision }), render: (_: unknown, row) => row.of(after), onCell: (row) => ({ className: row.of(before) === row.of(after) ? '' : 'changed' }) },
      ]}
    />
  );
}
