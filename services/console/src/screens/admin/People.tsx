import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Input, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { api, body } from '../../api/client';
import { inOrder, useOrgName, type Person } from '../../api/directory';
import { ListTable } from '../../ui/ListTable';
import { Panel } from '../../ui/Page';
import { Empty } from '../../ui/States';
import { PersonForm } from './PersonForm';

export function People() {
  const { t } = useTranslation();
  const orgName = useOrgName();
  const [name, setName] = useState('');
  const [editing, setEditing] = useState<Person | 'new' | null>(null);
  const people = useInfiniteQuery({
    queryKey: ['people', 'list', name],
    meta: { follows: ['person'] },
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam }) =>
      inOrder(await body(api.GET('/api/people', { params: { query: { limit: 100, ...(name ? { name } : {}), ...(pageParam ? { cursor: pageParam } : {}) } } }))),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
  return (
    <Panel flush>
      <div className="filters" role="search">
        <Input.Search allowClear style={{ width: 220 }} placeholder={t('admin.people.search')} aria-label={t('admin.people.search')} onSearch={setName} />
        <span className="grow" />
        <Button type="primary" onClick={() => setEditing('new')}>{t('admin.people.add')}</Button>
      </div>
      <ListTable<Person>
        query={people}
        rowKey="id"
        empty={<Empty />}
        columns={[
          { title: t('admin.people.name'), dataIndex: 'name', width: 140, narrow: 96, render: (text: string, person) => <Button type="link" size="small" style={{ padding: 0 }} onClick={() => setEditing(person)}>{text}</Button> },
          { title: t('admin.people.login'), dataIndex: 'login', width: 140, render: (text?: string) => text ?? '—' },
          { title: t('admin.people.roles'), dataIndex: 'roles', width: 220, narrow: 176, render: (roles: Person['roles']) => <span className="row">{roles.map((role) => <Tag key={role}>{t(`role.${role}`)}</Tag>)}</span> },
          { title: t('admin.people.org'), dataIndex: 'org', width: 140, render: (org: string) => orgName(org) },
          { title: t('leads.detail.email'), dataIndex: 'email', width: 200, render: (text?: string) => text ?? '—' },
          { title: t('collections.state.label'), dataIndex: 'active', width: 90, narrow: 88, render: (active: boolean) => <Tag color={active ? 'green' : 'default'}>{active ? t('admin.people.active') : t('admin.people.inactive')}</Tag> },
        ]}
      />
      {editing ? <PersonForm person={editing === 'new' ? null : editing} close={() => setEditing(null)} /> : null}
    </Panel>
  );
}
