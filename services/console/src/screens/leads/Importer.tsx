import { Alert, Button, Checkbox, Modal, Select, Table, Tag } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { api, body } from '../../api/client';
import type { components } from '../../api/schema';
import { useWrite } from '../../api/useWrite';
import { listed, sentences } from '../../ui/punctuated';
import { say } from '../../ui/States';
import { type CsvFile, decode, parse } from './csv';
import { FIELDS, type LeadField, type Mapping, guess, missing, remap, rewrite } from './mapping';

type Import = components['schemas']['ImportView'];
type Row = components['schemas']['RowView'];

const PREVIEW = 5;

/** A file of leads: which column is what, a look at it, and what became of each row. */
export function Importer({ close }: { close: () => void }) {
  const { t } = useTranslation();
  const [file, setFile] = useState<CsvFile | null>(null);
  const [mapping, setMapping] = useState<Mapping>([]);
  const send = useWrite({
    send: (csv: string, key) =>
      body(
        api.POST('/api/lead-imports', {
          body: csv,
          bodySerializer: (text) => text,
          headers: { 'content-type': 'text/csv; charset=utf-8', 'idempotency-key': key },
        }),
      ),
    refreshes: [['leads'], ['reps'], ['todos']],
  });
  const take = async (picked: File | undefined) => {
    if (!picked) return;
    const read = parse(decode(await picked.arrayBuffer()));
    setFile(read);
    setMapping(guess(read.headings));
    send.reset();
  };
  const again = () => {
    setFile(null);
    send.reset();
  };
  return (
    <Modal open title={t('leads.importer.title')} onCancel={close} width={920} footer={null}>
      {send.data ? (
        <Result result={send.data} again={again} />
      ) : file === null ? (
        <Drop take={(picked) => void take(picked)} />
      ) : (
        <div className="stack">
          {send.error ? (
            <Alert
              type="error"
              showIcon
              title={say(send.error, t('state.failedHint'))}
              description={<ul className="reasons">{send.error.fields.map((field) => <li key={field.field}>{field.reason}</li>)}</ul>}
            />
          ) : null}
          <Preview file={file} mapping={mapping} change={(column, field) => setMapping(remap(mapping, column, field))} />
          <div className="row spread">
            <Button onClick={again}>{t('leads.importer.again')}</Button>
            <Button
              type="primary"
              loading={send.isPending}
              disabled={file.rows.length === 0 || missing(mapping).length > 0}
              onClick={() => send.mutate(rewrite(file, mapping))}
            >
              {send.isPending ? t('leads.importer.running') : t('leads.importer.start')}
            </Button>
          </div>
        </div>
      )}
    </Modal>
  );
}

function Drop({ take }: { take: (file: File | undefined) => void }) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button
        type="button"
        className="drop"
        onClick={() => input.current?.click()}
        onDragOver={(event) => event.preventDefault()}
        onDrop={(event) => {
          event.preventDefault();
          take(event.dataTransfer.files[0]);
        }}
      >
        <span className="strong">{t('leads.importer.drop')}</span>
        <span className="soft">{t('leads.importer.format')}</span>
      </button>
      <input ref={input} type="file" accept=".csv,text/csv" className="sr-only" tabIndex={-1} aria-label={t('leads.importer.pick')} onChange={(event) => take(event.target.files?.[0])} />
    </>
  );
}

interface PreviewProps {
  file: CsvFile;
  mapping: Mapping;
  change: (column: number, field: LeadField | null) => void;
}

function Preview({ file, mapping, change }: PreviewProps) {
  const { t } = useTranslation();
  const lacking = missing(mapping);
  const shown = file.rows.slice(0, PREVIEW);
  return (
    <>
      {file.rows.length === 0 ? <Alert type="warning" showIcon title={t('leads.importer.empty')} /> : null}
      {lacking.length > 0 ? (
        <Alert type="warning" showIcon title={t('leads.importer.missing', { fields: listed(lacking.map((field) => t(`leads.field.${field}`))) })} />
      ) : null}
      <p className="soft" style={{ margin: 0 }}>{t('leads.importer.preview', { shown: shown.length, count: file.rows.length })}</p>
      <Table<string[]>
        size="small"
        pagination={false}
        rowKey={(row) => String(shown.indexOf(row))}
        dataSource={shown}
        scroll={{ x: 'max-content' }}
        columns={file.headings.map((heading, at) => ({
          key: at,
          title: (
            <div className="stack tight">
              <span>{heading}</span>
              <Select<LeadField | ''>
                size="small"
                style={{ minWidth: 110 }}
                aria-label={heading}
                value={mapping[at] ?? ''}
                onChange={(field) => change(at, field === '' ? null : field)}
                options={[{ value: '', label: t('leads.importer.ignored') }, ...FIELDS.map((field) => ({ value: field, label: t(`leads.field.${field}`) }))]}
              />
            </div>
          ),
          render: (_: unknown, row: string[]) => <span className={mapping[at] ? undefined : 'soft'}>{row[at] ?? ''}</span>,
        }))}
      />
    </>
  );
}

const COLOURS: Record<Row['status'], string> = { accepted: 'green', duplicate: 'default', rejected: 'red' };

function Result({ result, again }: { result: Import; again: () => void }) {
  const { t, i18n } = useTranslation();
  const [onlyProblems, setOnlyProblems] = useState(result.accepted < result.total);
  const rows = onlyProblems ? result.rows.filter((row) => row.status !== 'accepted') : result.rows;
  const reason = (row: Row) =>
    sentences(row.errors.map(({ field, reason }) => t('leads.importer.problem', { field: t(`leads.field.${field as LeadField}`, { defaultValue: field }), reason: i18n.language === 'en' ? reason.en : reason.zh })));
  return (
    <div className="stack">
      <div className="row spread">
        <div className="row" role="status">
          <Tag color="green">{t('leads.importer.accepted', { count: result.accepted })}</Tag>
          <Tag>{t('leads.importer.duplicate', { count: result.duplicate })}</Tag>
          <Tag color={result.rejected > 0 ? 'red' : 'default'}>{t('leads.importer.rejected', { count: result.rejected })}</Tag>
        </div>
        <Checkbox checked={onlyProblems} onChange={(event) => setOnlyProblems(event.target.checked)}>{t('leads.importer.onlyProblems')}</Checkbox>
      </div>
      <Table<Row>
        size="small"
        rowKey="row"
        dataSource={rows}
        pagination={rows.length > 50 ? { pageSize: 50, showSizeChanger: false } : false}
        scroll={{ y: 420 }}
        columns={[
          { title: t('leads.importer.row'), dataIndex: 'row', width: 64 },
          { title: t('leads.column.state'), dataIndex: 'status', width: 84, render: (status: Row['status']) => <Tag color={COLOURS[status]}>{t(`leads.importer.status.${status}`)}</Tag> },
          { title: t('leads.importer.reason'), render: (_: unknown, row) => reason(row) || '—' },
          { title: t('leads.importer.raw'), render: (_: unknown, row) => <span className="soft">{asText(row.raw)}</span> },
        ]}
      />
      <div><Button onClick={again}>{t('leads.importer.again')}</Button></div>
    </div>
  );
}

function asText(raw: unknown): string {
  if (raw === null || raw === undefined) return '';
  if (Array.isArray(raw)) return raw.join(', ');
  if (typeof raw === 'object') return Object.values(raw).join(', ');
  return String(raw);
}
