import { Alert, Tag } from 'antd';
import { useTranslation } from 'react-i18next';

import type { CustomField } from '../../../api/customFields';
import { labelOf } from '../../../ui/custom/said';
import { FittingTable } from '../../../ui/FittingTable';
import type { Columns } from '../../../ui/narrow';
import { listed } from '../../../ui/punctuated';
import { ReachableTable } from '../../../ui/ReachableTable';
import { say } from '../../../ui/States';
import { FieldDoings } from './FieldDoings';
import { MoveButtons } from './MoveButtons';
import { inOrder } from './order';
import { useFieldWrites } from './useFieldWrites';
import { useMoving } from './useMoving';

interface Props {
  fields: readonly CustomField[];
  /** Opens the form of one; nothing for those who only read. */
  edit: ((field: CustomField) => void) | null;
}

/** Live fields as forms show them, then the retired ones. */
export function FieldTable({ fields, edit }: Props) {
  const { t } = useTranslation();
  const writes = useFieldWrites();
  const { live, retired } = inOrder(fields);
  const { move, told } = useMoving(live, writes);
  const order: Columns<CustomField>[number] = {
    title: t('custom.admin.order'),
    key: 'order',
    width: 90,
    render: (_: unknown, field) => {
      const place = live.indexOf(field);
      return place < 0 ? null : <MoveButtons field={field} first={place === 0} last={place === live.length - 1} move={(by) => move(field, by)} />;
    },
  };
  const doings: Columns<CustomField>[number] = {
    title: t('admin.doings'),
    key: 'doings',
    width: 160,
    render: (_: unknown, field) => <FieldDoings field={field} edit={() => edit?.(field)} retire={(off) => writes.retire(field, off)} />,
  };
  return (
    <ReachableTable label={t('admin.parts.custom-fields')}>
      {writes.refused ? <Alert type="error" showIcon title={say(writes.refused, t('state.failedHint'))} description={<ul className="reasons">{writes.refused.fields.map(({ field, reason }) => <li key={field}>{reason}</li>)}</ul>} /> : null}
      <p className="sr-only" role="status">{told}</p>
      <FittingTable<CustomField>
        className="custom-fields"
        size="middle"
        rowKey="id"
        dataSource={[...live, ...retired]}
        rowClassName={(field) => (field.retired ? 'retired' : '')}
        columns={[
          ...(edit ? [order] : []),
          { title: t('custom.admin.label'), key: 'label', narrow: 140, render: (_: unknown, field) => <Named field={field} /> },
          { title: t('custom.admin.key'), dataIndex: 'key', width: 170, render: (key: string) => <code>{key}</code> },
          { title: t('custom.admin.type'), key: 'type', narrow: 116, render: (_: unknown, field) => <Typed field={field} /> },
          { title: t('custom.admin.required'), dataIndex: 'required', render: (required: boolean) => (required ? <Tag>{t('custom.admin.required')}</Tag> : <span className="soft">{t('custom.admin.optional')}</span>) },
          { title: t('custom.admin.state'), dataIndex: 'retired', narrow: 96, render: (off: boolean) => (off ? <Tag>{t('custom.retired')}</Tag> : <Tag color="green">{t('custom.admin.live')}</Tag>) },
          ...(edit ? [doings] : []),
        ]}
      />
    </ReachableTable>
  );
}

/** In the language of the screen first, the other one below. */
function Named({ field }: { field: CustomField }) {
  const name = labelOf(field);
  const other = name === field.label.zh ? field.label.en : field.label.zh;
  return <div className="stack tight"><span className="strong">{name}</span>{other ? <span className="soft">{other}</span> : null}</div>;
}

function Typed({ field: { type, choices } }: { field: CustomField }) {
  const { t } = useTranslation();
  const all = listed(choices);
  return <div className="stack tight"><span>{t(`custom.types.${type}`)}</span>{type === 'choice' ? <span className="soft choices-said" title={all}>{all}</span> : null}</div>;
}
