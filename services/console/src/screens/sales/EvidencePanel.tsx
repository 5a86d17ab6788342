import { Alert, Button, Table, Tag } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { components } from '../../api/schema';
import { Hash } from '../../ui/Hash';
import { Panel } from '../../ui/Page';
import { Reference } from '../../ui/Reference';
import { ReachableTable } from '../../ui/ReachableTable';
import { Empty } from '../../ui/States';

type Evidence = components['schemas']['Evidence'];

/** The carriers of evidence, and a check whether a file is the one that was referred to. */
export function EvidencePanel({ evidence }: { evidence: readonly Evidence[] }) {
  const { t } = useTranslation();
  const [match, setMatch] = useState<{ file: string; found: Evidence | undefined } | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const check = async (file: File | undefined) => {
    if (!file) return;
    const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
    const hex = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    setMatch({ file: file.name, found: evidence.find((one) => one.sha256 === hex) });
  };
  return (
    <Panel
      flush
      title={t('evidence.title')}
      extra={
        <>
          <Button size="small" disabled={evidence.length === 0} onClick={() => input.current?.click()}>{t('sales.evidence.check')}</Button>
          <input ref={input} type="file" className="sr-only" tabIndex={-1} aria-label={t('sales.evidence.check')} onChange={(event) => void check(event.target.files?.[0])} />
        </>
      }
    >
      {match ? (
        <Alert
          banner
          closable={{ onClose: () => setMatch(null) }}
          type={match.found ? 'success' : 'error'}
          title={match.found ? t('sales.evidence.same', { file: match.file, reference: match.found.reference }) : t('sales.evidence.different', { file: match.file })}
        />
      ) : null}
      {evidence.length === 0 ? (
        <Empty title={t('sales.evidence.none')} />
      ) : (
        <ReachableTable label={t('evidence.title')}>
          <Table<Evidence>
            size="small"
            pagination={false}
            rowKey={(one) => `${one.name}${one.reference}`}
            dataSource={[...evidence]}
            scroll={{ x: 'max-content' }}
            columns={[
              { title: t('sales.evidence.proves'), dataIndex: 'name', render: (name: string) => t(`sales.evidence.name.${name}`, { defaultValue: name }) },
              { title: t('evidence.kind'), dataIndex: 'kind', render: (kind: Evidence['kind']) => <Tag>{t(`evidence.kinds.${kind}`)}</Tag> },
              { title: t('evidence.reference'), dataIndex: 'reference', ellipsis: true, render: (to: string) => <Reference to={to} /> },
              { title: t('evidence.file'), dataIndex: 'sha256', render: (hash: string | null) => (hash ? <Hash of={hash} /> : '—') },
            ]}
          />
        </ReachableTable>
      )}
    </Panel>
  );
}
