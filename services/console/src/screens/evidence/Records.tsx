import { Checkbox, Input, Select } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { count } from '../../ui/format';
import { type Columns, useNarrowed } from '../../ui/narrow';
import { Panel } from '../../ui/Page';
import { LongTable } from '../../ui/long/LongTable';
import { PersonName } from '../../ui/PersonName';
import { Empty } from '../../ui/States';
import { Moment } from '../../ui/Values';
import { eventName } from '../sales/eventName';
import { type Row, type Wanted, found } from './search';

interface Props {
  rows: readonly Row[];
  services: readonly string[];
  open: (row: Row) => void;
}

/** The records, searched by any word in them; only those in view are drawn. */
export function Records({ rows, services, open }: Props) {
  const { t } = useTranslation();
  const [wanted, setWanted] = useState<Wanted>({ text: '', service: null, brokenOnly: false });
  const shown = useMemo(() => found(rows, wanted), [rows, wanted]);
  const { columns } = useNarrowed(useColumns(open));
  return (
    <Panel flush title={t('ledger.records')} extra={<span className="soft" role="status">{t('ledger.matches', { count: count(shown.length) })}</span>}>
      <div className="filters" role="search">
        <Input.Search allowClear style={{ width: 300 }} placeholder={t('ledger.search')} aria-label={t('ledger.search')} onSearch={(text) => setWanted({ ...wanted, text })} />
        <Select allowClear style={{ width: 160 }} aria-label={t('admin.letters.service')} placeholder={t('admin.letters.service')} value={wanted.service} onChange={(service: string | undefined) => setWanted({ ...wanted, service: service ?? null })} options={services.map((value) => ({ value, label: t(`service.${value}`, { defaultValue: value }) }))} />
        <Checkbox checked={wanted.brokenOnly} onChange={(event) => setWanted({ ...wanted, brokenOnly: event.target.checked })}>{t('ledger.brokenOnly')}</Checkbox>
      </div>
      {shown.length === 0 ? <Empty title={t('ledger.none')} /> : (
        <LongTable<Row> rows={shown} keyOf={keyOf} columns={columns} label={t('ledger.records')} height={560} />
      )}
    </Panel>
  );
}

const keyOf = ({ key }: Row) => key;

function useColumns(open: (row: Row) => void): Columns<Row> {
  const { t } = useTranslation();
  return useMemo(() => [
    { title: t('ledger.at'), width: 130, render: (_: unknown, { record }) => <Moment at={record?.at} /> },
    { title: t('admin.webhooks.event'), width: 250, narrow: 156, render: (_: unknown, row) => <button type="button" className="link" onClick={() => open(row)}>{row.record ? eventName(row.record.type, t) : t('ledger.finding.unreadable_record')}</button> },
    { title: t('admin.letters.service'), width: 150, render: (_: unknown, { service }) => t(`service.${service}`, { defaultValue: service }) },
    { title: t('ledger.actor'), width: 130, render: (_: unknown, { record }) => (record?.actor.kind === 'person' ? <PersonName id={record.actor.id} /> : t('person.system')) },
    { title: t('ledger.place'), width: 90, align: 'end', render: (_: unknown, { index }) => (index === null ? '—' : count(index)) },
    { title: t('ledger.verdict'), width: 220, narrow: 200, render: (_: unknown, row) => <Verdict row={row} /> },
  ], [t, open]);
}

/** Whether a record holds, and by which checkpoint. */
export function Verdict({ row }: { row: Row }) {
  const { t } = useTranslation();
  const [first] = row.findings;
  if (first) return <span className="danger strong">✗ {t(`ledger.finding.${first.kind}`)}</span>;
  if (row.coveredBy === undefined) return <span className="soft">{t('ledger.notSealed')}</span>;
  return <span className="good">✓ {t('ledger.coveredBy', { size: count(row.coveredBy) })}</span>;
}
