import { Alert, Table } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { count } from '../../ui/format';
import { Hash } from '../../ui/Hash';
import { Panel } from '../../ui/Page';
import { reachable } from '../../ui/reachable';
import { FindingText } from './FindingText';
import { RecordDrawer } from './RecordDrawer';
import { Records } from './Records';
import type { Log } from './ledger/logCheck';
import type { Verification } from './ledger/verify';
import { type Row, rowsOf } from './search';

const MOST_FINDINGS = 100;

/** What came of a verification: the verdict, each log, and the records to search. */
export function Result({ verification, from }: { verification: Verification; from: string }) {
  const { t } = useTranslation();
  const { logs, records, findings } = verification;
  const rows = useMemo(() => rowsOf(records, logs, findings), [records, logs, findings]);
  const [opened, setOpened] = useState<Row | null>(null);
  const open = (line: number) => setOpened(rows.find((row) => row.line === line) ?? null);
  const sound = findings.length === 0;
  const checkpoints = logs.reduce((sum, log) => sum + log.checkpoints.length, 0);
  return (
    <div className="stack">
      <Alert
        type={sound ? 'success' : 'error'}
        showIcon
        title={t(sound ? 'ledger.sound' : 'ledger.broken', { count: findings.length, records: count(records.length), logs: logs.length, checkpoints: count(checkpoints) })}
        description={
          <>
            {from ? <div>{t('ledger.from', { name: from })}</div> : null}
            {sound ? t('ledger.soundHint') : (
              <ul className="reasons">
                {findings.slice(0, MOST_FINDINGS).map((finding, at) => <li key={at}><FindingText finding={finding} open={rows.some((row) => row.line === finding.line) ? open : null} /></li>)}
              </ul>
            )}
            {findings.length > MOST_FINDINGS ? <div>{t('ledger.more', { count: findings.length - MOST_FINDINGS })}</div> : null}
          </>
        }
      />
      <Logs logs={logs} findings={findings.map(({ service }) => service)} />
      <Records rows={rows} services={logs.map(({ service }) => service)} open={setOpened} />
      {opened ? <RecordDrawer row={opened} log={logs.find(({ service }) => service === opened.service)} close={() => setOpened(null)} /> : null}
    </div>
  );
}

function Logs({ logs, findings }: { logs: readonly Log[]; findings: readonly string[] }) {
  const { t } = useTranslation();
  return (
    <Panel flush title={t('ledger.logs')}>
      <div ref={reachable}>
      <Table<Log>
        size="small"
        rowKey={(log) => `${log.service}${log.tenant}`}
        pagination={false}
        dataSource={[...logs]}
        scroll={{ x: 'max-content' }}
        columns={[
          { title: t('admin.letters.service'), dataIndex: 'service', render: (service: string) => t(`service.${service}`, { defaultValue: service }) },
          { title: t('ledger.verdict'), dataIndex: 'service', key: 'verdict', render: (service: string) => (findings.includes(service) ? <span className="danger strong">✗ {t('ledger.bad')}</span> : <span className="good strong">✓ {t('ledger.good')}</span>) },
          { title: t('ledger.sealed'), dataIndex: 'leaves', align: 'end', render: (leaves: number) => count(leaves) },
          { title: t('ledger.unsealed'), dataIndex: 'unsealed', align: 'end', render: (unsealed: number) => count(unsealed) },
          { title: t('ledger.checkpoints'), align: 'end', render: (_: unknown, log) => count(log.checkpoints.length) },
          { title: t('ledger.root'), dataIndex: 'root', render: (root: string) => <Hash of={root} /> },
          { title: t('ledger.key'), dataIndex: 'keys', render: (keys: string[]) => keys.map((key) => <div className="hash" key={key}>{key}</div>) },
        ]}
      />
      </div>
    </Panel>
  );
}
