import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { type Role, hasRole, useMe } from '../../app/session';
import { bilingual } from '../../ui/bilingual';
import { CustomFilter } from '../../ui/custom/CustomFilter';
import { ListTable } from '../../ui/ListTable';
import { type Columns } from '../../ui/narrow';
import { PageHead, Panel } from '../../ui/Page';
import { PersonName } from '../../ui/PersonName';
import { SearchField } from '../../ui/SearchField';
import { Empty } from '../../ui/States';
import { Tag } from '../../ui/Tag';
import { Moment } from '../../ui/Values';
import { filterOf, useNarrowing } from '../../ui/useNarrowing';
import { SavedViews } from '../../ui/views/SavedViews';
import { CustomerForm } from './CustomerForm';
import { HealthTag } from './HealthTag';
import { type CustomerFilter, type CustomerLine, customersQuery } from './query';

const GRADES = ['A', 'B', 'C', 'D'] as const;
const HEALTHS = ['red', 'yellow', 'green'] as const;
const NAMES = ['q', 'grade', 'health', 'owner_id', 'custom'] as const;

/** Who registers customers, as the policies have it. */
const REGISTER: readonly Role[] = ['sales_rep', 'store_guide', 'sales_manager', 'sales_director', 'operations'];

export function Customers() {
  const { t } = useTranslation();
  const me = useMe();
  const [adding, setAdding] = useState(false);
  const { params, change, search } = useNarrowing();
  const filter = useMemo(() => filterOf<CustomerFilter>(params, NAMES), [params]);
  const query = useInfiniteQuery(customersQuery(filter));
  const columns = useMemo<Columns<CustomerLine>>(() => [
    { title: t('leads.column.company'), dataIndex: 'company', width: 260, narrow: 180, ellipsis: true, render: (company: string, row) => <Link to={`/customers/${row.id}`}>{company}</Link> },
    { title: t('sales.customer.grade'), dataIndex: 'grade', width: 72, narrow: 64, render: (grade: string, row) => <Tag title={bilingual(row.grade_reason)}>{grade}</Tag> },
    { title: t('sales.customer.health'), dataIndex: 'health', width: 110, narrow: 110, render: (_: unknown, row) => <HealthTag customer={row} /> },
    { title: t('leads.column.owner'), dataIndex: 'owner_id', width: 100, render: (owner: string) => <PersonName id={owner} /> },
    { title: t('leads.column.region'), dataIndex: 'region', width: 100, ellipsis: true, render: (region: string | null) => region || '—' },
    { title: t('leads.column.industry'), dataIndex: 'industry', width: 120, ellipsis: true, render: (industry: string | null) => industry || '—' },
    { title: t('sales.customer.lastContact'), dataIndex: 'last_contact_at', width: 130, render: (at: string) => <Moment at={at} /> },
  ], [t]);
  return (
    <>
      <PageHead title={t('nav.customers')} hint={t('sales.customersHint')} extra={hasRole(me, REGISTER) ? <Button type="primary" onClick={() => setAdding(true)}>{t('sales.customer.add')}</Button> : null} />
      <Panel flush>
        <div className="filters" role="search">
          <SavedViews screen="customers" search={search} />
          <SearchField width={220} label={t('leads.search')} value={(filter.q as string | undefined) ?? ''} onSearch={(text) => change('q', text)} />
          <Select
            allowClear
            style={{ width: 120 }}
            aria-label={t('sales.customer.grade')}
            placeholder={t('sales.customer.grade')}
            value={(filter.grade as string | undefined) ?? null}
            onChange={(value: string | undefined) => change('grade', value)}
            options={GRADES.map((value) => ({ value: value as string, label: value }))}
          />
          <Select
            allowClear
            style={{ width: 120 }}
            aria-label={t('sales.customer.health')}
            placeholder={t('sales.customer.health')}
            value={(filter.health as string | undefined) ?? null}
            onChange={(value: string | undefined) => change('health', value)}
            options={HEALTHS.map((value) => ({ value: value as string, label: t(`sales.health.${value}`) }))}
          />
          <CustomFilter resource="customer" search={search} />
        </div>
        <ListTable<CustomerLine> query={query} rowKey="id" columns={columns} empty={<Empty title={t('sales.customersNone')} />} />
      </Panel>
      {adding ? <CustomerForm customer={null} close={() => setAdding(false)} /> : null}
    </>
  );
}
