import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { CustomField, Customised } from '../../../api/customFields';
import { type Role, hasRole, useMe } from '../../../app/session';
import { useCustomFields } from '../../../ui/custom/useCustomFields';
import { Panel } from '../../../ui/Page';
import { Answer, Empty } from '../../../ui/States';
import { FieldForm } from './FieldForm';
import { FieldTable } from './FieldTable';

/** Who changes them, as the policies have it; everybody who works here reads them. */
const WRITERS: readonly Role[] = ['operations'];

/** The fields of one kind of record, in their order. */
export function FieldsPanel({ resource }: { resource: Customised }) {
  const { t } = useTranslation();
  const may = hasRole(useMe(), WRITERS);
  const { all, query } = useCustomFields(resource);
  const [editing, setEditing] = useState<CustomField | 'new' | null>(null);
  const name = t(`custom.of.${resource}`);
  const add = may ? <Button type="primary" size="small" onClick={() => setEditing('new')}>{t('custom.admin.add')}</Button> : null;
  const none = <Empty title={t('custom.admin.none', { resource: name })} hint={t(may ? 'custom.admin.noneHint' : 'custom.admin.noneReader')} action={add} />;
  const data = query.data && all;
  return (
    <Panel flush title={t('custom.admin.title', { resource: name })} extra={all.length > 0 ? add : null}>
      <Answer of={{ ...query, data }} isEmpty={(list) => list.length === 0} empty={none}>
        {(list) => <FieldTable fields={list} edit={may ? setEditing : null} />}
      </Answer>
      {editing ? <FieldForm resource={resource} field={editing === 'new' ? null : editing} all={all} close={() => setEditing(null)} /> : null}
    </Panel>
  );
}
