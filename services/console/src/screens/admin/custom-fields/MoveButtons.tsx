import { ArrowDownOutlined, ArrowUpOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';

import type { CustomField } from '../../../api/customFields';
import { labelOf } from '../../../ui/custom/said';

export type Direction = 'up' | 'down';

export const moveButton = (id: string, by: Direction) => `field-${by}-${id}`;

interface Props {
  field: CustomField;
  first: boolean;
  last: boolean;
  move: (by: Direction) => void;
}

export function MoveButtons({ field, first, last, move }: Props) {
  const { t } = useTranslation();
  const name = labelOf(field);
  return (
    <span className="nowrap">
      <Button size="small" type="text" id={moveButton(field.id, 'up')} icon={<ArrowUpOutlined />} disabled={first} aria-label={t('custom.admin.up', { name })} onClick={() => move('up')} />
      <Button size="small" type="text" id={moveButton(field.id, 'down')} icon={<ArrowDownOutlined />} disabled={last} aria-label={t('custom.admin.down', { name })} onClick={() => move('down')} />
    </span>
  );
}
