import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';

import type { Delivery } from './query';

const COLOURS = { red: 'red', green: 'green', grey: 'default' } as const;

export function LightTag({ light }: { light: Delivery['light'] }) {
  const { t } = useTranslation();
  return <Tag color={COLOURS[light]} style={{ marginInlineEnd: 0 }}>{t(`delivery.light.${light}`)}</Tag>;
}
