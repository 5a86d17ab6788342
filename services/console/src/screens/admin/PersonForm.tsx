import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Form, Input, Select, Switch } from 'antd';
import { useTranslation } from 'react-i18next';

import { api, body, once, seen } from '../../api/client';
import { type Person, orgQuery } from '../../api/directory';
import type { Role } from '../../app/session';
import { Conflict } from '../../ui/Conflict';
import type { Difference } from '../../ui/ConflictDialog';
import { FormDialog } from '../../ui/FormDialog';
import { listed } from '../../ui/punctuated';
import { useConflict } from '../../ui/useConflict';

/** Roles that people hold. */
const ROLES: readonly Role[] = [
  'sales_rep', 'store_guide', 'sales_manager', 'sales_director', 'technical_lead', 'technical_director', 'product_manager', 'product_director',
  'finance', 'legal', 'delivery_manager', 'production_planner', 'sales_coach', 'operations', 'auditor', 'administrator',
];

interface Typed {
  name: string;
  org: string;
  roles: Role[];
  login?: string;
  email?: string;
  phone?: string;
  password?: string;
  active: boolean;
}

/** Adds somebody, or changes what is known of somebody. */
export function PersonForm({ person, close }: { person: Person | null; close: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const units = useQuery(orgQuery);
  const { version, conflict, onRefused } = useConflict<Typed, Person>(person?.version ?? 0, close);
  const required = [{ required: true, message: t('form.required') }];

  const send = ({ active, ...typed }: Typed, key: string): Promise<Person> => {
    const given = Object.fromEntries(Object.entries(typed).filter(([, value]) => value !== undefined && value !== '')) as Omit<Typed, 'active'>;
    if (person === null) return body(api.POST('/api/people', { headers: once(key), body: given }));
    return body(api.PATCH('/api/people/{id}', { params: { path: { id: person.id } }, headers: seen(version, key), body: { ...given, active } }));
  };
  const newest = (id: string) => client.fetchQuery({ queryKey: ['people', id], staleTime: 0, queryFn: () => body(api.GET('/api/people/{id}', { params: { path: { id } } })) });
  const roles = (list: readonly Role[]) => listed(list.map((role) => t(`role.${role}`)));
  const differences = (mine: Typed, theirs: Person): Difference[] => [
    { field: t('admin.people.name'), mine: mine.name, theirs: theirs.name },
    { field: t('admin.people.org'), mine: mine.org, theirs: theirs.org },
    { field: t('admin.people.roles'), mine: roles(mine.roles), theirs: roles(theirs.roles) },
    { field: t('admin.people.login'), mine: mine.login ?? '', theirs: theirs.login ?? '' },
    { field: t('leads.detail.email'), mine: mine.email ?? '', theirs: theirs.email ?? '' },
  ];

  return (
    <>
      <FormDialog<Typed, Person>
        open
        close={close}
        title={person ? t('admin.people.change', { name: person.name }) : t('admin.people.add')}
        fields={['name', 'org', 'roles', 'login', 'email', 'phone', 'password', 'active']}
        initial={
          person
            ? { name: person.name, org: person.org, roles: person.roles, login: person.login ?? '', email: person.email ?? '', phone: person.phone ?? '', active: person.active }
            : { roles: ['sales_rep'], active: true }
        }
        refreshes={[['people']]}
        send={send}
        onRefused={person ? onRefused(() => newest(person.id)) : undefined}
      >
        <Form.Item name="name" label={t('admin.people.name')} rules={required}><Input maxLength={100} /></Form.Item>
        <Form.Item name="roles" label={t('admin.people.roles')} rules={required}>
          <Select mode="multiple" options={ROLES.map((value) => ({ value, label: t(`role.${value}`) }))} />
        </Form.Item>
        <Form.Item name="org" label={t('admin.people.org')} rules={required}>
          <Select loading={units.isPending} options={(units.data ?? []).map((unit) => ({ value: unit.path, label: `${unit.name} ${unit.path}` }))} />
        </Form.Item>
        <div className="row top">
          <Form.Item name="login" label={t('admin.people.login')} className="grow"><Input autoComplete="off" maxLength={100} /></Form.Item>
          <Form.Item name="email" label={t('leads.detail.email')} className="grow"><Input inputMode="email" maxLength={200} /></Form.Item>
        </div>
        <div className="row top">
          <Form.Item name="phone" label={t('leads.detail.phone')} className="grow"><Input inputMode="tel" maxLength={30} /></Form.Item>
          <Form.Item name="password" label={t('signIn.password')} extra={t('admin.people.passwordHint')} className="grow"><Input.Password autoComplete="new-password" /></Form.Item>
        </div>
        {person ? <Form.Item name="active" label={t('admin.people.active')} valuePropName="checked" extra={t('admin.people.activeHint')}><Switch /></Form.Item> : null}
      </FormDialog>
      <Conflict of={conflict} fields={differences} />
    </>
  );
}
