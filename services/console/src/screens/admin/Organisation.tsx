import { useQuery } from '@tanstack/react-query';
import { Alert, App, Button, Form, Input, Select, Table, type TableProps, Tag } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { api, body, once } from '../../api/client';
import { orgQuery } from '../../api/directory';
import type { components } from '../../api/schema';
import { useWrite } from '../../api/useWrite';
import { FormDialog } from '../../ui/FormDialog';
import { Panel } from '../../ui/Page';
import { Answer, say } from '../../ui/States';
import { type OrgNode, pathBelow, treeOf } from './orgTree';

type OrgUnit = components['schemas']['OrgUnit'];
const KINDS = ['group', 'brand', 'region', 'dealer', 'store', 'department'] as const;

/** The organisation as a tree: who sees whose records follows from it. */
export function Organisation() {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const units = useQuery(orgQuery);
  const [adding, setAdding] = useState<OrgUnit | null>(null);
  const [changing, setChanging] = useState<OrgUnit | null>(null);
  const remove = useWrite({
    send: (path: string, key) => body(api.DELETE('/api/org-units', { params: { query: { path } }, headers: once(key) })),
    refreshes: [['org-units']],
  });
  const ask = (unit: OrgUnit) =>
    modal.confirm({ title: t('admin.org.removeAsk', { name: unit.name }), content: t('admin.org.removeHint'), okText: t('admin.org.remove'), okButtonProps: { danger: true }, cancelText: t('form.cancel'), onOk: () => remove.mutate(unit.path) });
  return (
    <Panel flush title={t('admin.org.title')} extra={<span className="soft">{t('admin.org.hint')}</span>}>
      {remove.error ? <Alert type="error" showIcon closable title={say(remove.error, t('state.failedHint'))} /> : null}
      <Answer of={units}>
        {(all) => (
          <Tree all={all} columns={[
            { title: t('admin.org.name'), dataIndex: 'name' },
            { title: t('admin.org.kind'), dataIndex: 'kind', render: (kind: OrgUnit['kind']) => <Tag>{t(`admin.org.kinds.${kind}`)}</Tag> },
            { title: t('admin.org.path'), dataIndex: 'path', render: (path: string) => <span className="soft num">{path}</span> },
            {
              title: t('admin.doings'),
              render: (_: unknown, unit: OrgNode) => (
                <span className="row">
                  <Button size="small" aria-label={t('admin.org.addBelow', { name: unit.name })} onClick={() => setAdding(unit)}>{t('admin.org.add')}</Button>
                  <Button size="small" aria-label={t('admin.org.change', { name: unit.name })} onClick={() => setChanging(unit)}>{t('form.edit')}</Button>
                  {unit.path === '/' || unit.children ? null : <Button size="small" danger aria-label={t('admin.org.removeAsk', { name: unit.name })} onClick={() => ask(unit)}>{t('admin.org.remove')}</Button>}
                </span>
              ),
            },
          ]} />
        )}
      </Answer>
      {adding ? <UnitForm parent={adding} unit={null} close={() => setAdding(null)} /> : null}
      {changing ? <UnitForm parent={null} unit={changing} close={() => setChanging(null)} /> : null}
    </Panel>
  );
}

function Tree({ all, columns }: { all: readonly OrgUnit[]; columns: NonNullable<TableProps<OrgNode>['columns']> }) {
  const tree = useMemo(() => treeOf(all), [all]);
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const open = all.map(({ path }) => path).filter((path) => !closed.has(path));
  const toggle = (expanded: boolean, { path }: OrgNode) => setClosed(new Set(expanded ? [...closed].filter((one) => one !== path) : [...closed, path]));
  return <Table<OrgNode> size="middle" rowKey="path" pagination={false} dataSource={tree} columns={columns} expandable={{ expandedRowKeys: open, onExpand: toggle }} scroll={{ x: 'max-content' }} />;
}

interface Typed {
  name: string;
  kind: OrgUnit['kind'];
  slug: string;
}

/** Adds a unit below another, or renames one. Where a unit stands does not change: records carry its path. */
function UnitForm({ parent, unit, close }: { parent: OrgUnit | null; unit: OrgUnit | null; close: () => void }) {
  const { t } = useTranslation();
  const required = [{ required: true, message: t('form.required') }];
  return (
    <FormDialog<Typed, unknown>
      open
      close={close}
      title={unit ? t('admin.org.change', { name: unit.name }) : t('admin.org.addBelow', { name: parent?.name ?? '' })}
      fields={['name', 'kind', 'slug']}
      initial={{ name: unit?.name ?? '', kind: unit?.kind ?? 'store', slug: '' }}
      refreshes={[['org-units']]}
      send={({ name, kind, slug }, key) =>
        unit
          ? body(api.PUT('/api/org-units', { headers: once(key), body: { name, kind, path: unit.path } }))
          : body(api.POST('/api/org-units', { headers: once(key), body: { name, kind, path: pathBelow(parent?.path ?? '/', slug) } }))
      }
    >
      <Form.Item name="name" label={t('admin.org.name')} rules={required}><Input maxLength={100} /></Form.Item>
      <Form.Item name="kind" label={t('admin.org.kind')}><Select options={KINDS.map((value) => ({ value, label: t(`admin.org.kinds.${value}`) }))} /></Form.Item>
      {unit ? null : (
        <Form.Item name="slug" label={t('admin.org.slug')} extra={t('admin.org.slugHint', { parent: parent?.path ?? '/' })} rules={[...required, { pattern: /^[a-z0-9-]+$/, message: t('admin.org.slugShape') }]}>
          <Input maxLength={40} />
        </Form.Item>
      )}
    </FormDialog>
  );
}
