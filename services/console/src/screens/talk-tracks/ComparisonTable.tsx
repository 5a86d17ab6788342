import { Table } from 'antd';
import { useTranslation } from 'react-i18next';

import type { components } from '../../api/schema';
import { labelled } from '../../ui/punctuated';

type Row = components['schemas']['ComparisonRow'];

/** Ours and theirs, aspect by aspect. */
export function ComparisonTable({ rows, successCase }: { rows: readonly Row[]; successCase?: string | null | undefined }) {
  const { t } = useTranslation();
  return (
    <>
      <Table<Row>
        size="small"
        rowKey="aspect"
        pagination={false}
        dataSource={[...rows]}
        columns={[
          { title: t('talkTracks.sheet.aspect'), dataIndex: 'aspect', width: 110 },
          { title: t('talkTracks.sheet.ours'), dataIndex: 'ours' },
          { title: t('talkTracks.sheet.theirs'), dataIndex: 'theirs' },
        ]}
      />
      {successCase ? <p className="case"><span className="soft">{labelled(t('talkTracks.field.successCase'))}</span>{successCase}</p> : null}
    </>
  );
}
