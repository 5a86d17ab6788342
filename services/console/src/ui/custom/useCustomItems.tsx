import { type DescriptionsProps, Tag } from 'antd';
import { useTranslation } from 'react-i18next';

import type { Customised } from '../../api/customFields';
import { labelOf, said } from './said';
import { useCustomFields } from './useCustomFields';
import { type Shown, shownOf } from './values';
import './custom.css';

/** A record's values of the organisation's own fields, as further facts. What retired fields still hold stays readable. */
export function useCustomItems(resource: Customised, custom: object | undefined): NonNullable<DescriptionsProps['items']> {
  const { all, query } = useCustomFields(resource);
  // Until the fields are known, a value has no name to stand under.
  if (query.isPending) return [];
  return shownOf(all, custom).map((shown) => ({ key: `custom.${shown.key}`, label: shown.field ? labelOf(shown.field) : shown.key, children: <CustomValue of={shown} /> }));
}

/** One value; greyed and marked where its field is retired. */
export function CustomValue({ of: { field, value } }: { of: Shown }) {
  const { t } = useTranslation();
  const text = said(value, field?.type, t) || '—';
  if (!field?.retired) return <span className="custom-value">{text}</span>;
  return <span className="custom-value soft">{text} <Tag>{t('custom.retired')}</Tag></span>;
}
