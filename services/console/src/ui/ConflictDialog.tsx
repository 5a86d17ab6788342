import { Button, Modal, Table } from 'antd';
import { useTranslation } from 'react-i18next';

/** One field in two versions, as text. */
export interface Difference {
  field: string;
  mine: string;
  theirs: string;
}

/** The fields that differ. */
export function differences(fields: readonly Difference[]): Difference[] {
  return fields.filter(({ mine, theirs }) => mine !== theirs);
}

interface Props {
  open: boolean;
  fields: readonly Difference[];
  keepMine: () => void;
  keepTheirs: () => void;
  close: () => void;
}

/** Shows another's change beside one's own, and lets the person decide. */
export function ConflictDialog({ open, fields, keepMine, keepTheirs, close }: Props) {
  const { t } = useTranslation();
  const differing = differences(fields);
  return (
    <Modal
      open={open}
      title={t('conflict.title')}
      onCancel={close}
      width={640}
      footer={[
        <Button key="theirs" onClick={keepTheirs}>{t('conflict.keepTheirs')}</Button>,
        <Button key="mine" type="primary" onClick={keepMine}>{t('conflict.keepMine')}</Button>,
      ]}
    >
      <p className="soft">{t('conflict.hint')}</p>
      <Table<Difference>
        size="small"
        rowKey="field"
        pagination={false}
        dataSource={differing}
        locale={{ emptyText: t('conflict.same') }}
        columns={[
          { title: t('conflict.field'), dataIndex: 'field', width: 140 },
          { title: t('conflict.theirs'), dataIndex: 'theirs' },
          { title: t('conflict.mine'), dataIndex: 'mine' },
        ]}
      />
    </Modal>
  );
}
