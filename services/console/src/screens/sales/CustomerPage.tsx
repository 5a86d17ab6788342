import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Button, Descriptions, Form, Input, Table, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';

import { api, body, once } from '../../api/client';
import type { components } from '../../api/schema';
import { useOrgName } from '../../api/directory';
import { hasRole, useMe } from '../../app/session';
import { Reasons } from '../../ui/Reasons';
import { bilingual } from '../../ui/bilingual';
import { useCustomItems } from '../../ui/custom/useCustomItems';
import { FormDialog } from '../../ui/FormDialog';
import { PageHead, Panel } from '../../ui/Page';
import { PersonName } from '../../ui/PersonName';
import { Answer, Empty } from '../../ui/States';
import { Moment } from '../../ui/Values';
import { CustomerForm } from './CustomerForm';
import { HealthTag } from './HealthTag';
import { History } from './History';
import { type Customer, type OpportunityLine, customerQuery, opportunitiesQuery } from './query';
import { NewOpportunityForm } from './NewOpportunityForm';
import { StageTag } from './StageTag';

type Contact = components['schemas']['Contact'];

const orDash = (text: string | null) => (text ? text : '—');

export function CustomerPage() {
  const { id = '' } = useParams();
  return <Answer of={useQuery(customerQuery(id))} rows={10}>{(customer) => <Found customer={customer} />}</Answer>;
}

function Found({ customer }: { customer: Customer }) {
  const { t } = useTranslation();
  const orgName = useOrgName();
  const me = useMe();
  const own = useCustomItems('customer', customer.custom);
  const [changing, setChanging] = useState(false);
  const may = customer.owner_id === me.id || hasRole(me, ['sales_manager', 'sales_director', 'operations']);
  return (
    <>
      <PageHead
        title={customer.company}
        hint={<span className="row"><PersonName id={customer.owner_id} /><span>·</span><span>{orgName(customer.org)}</span></span>}
        extra={<><Tag title={bilingual(customer.grade_reason)}>{t('sales.customer.gradeOf', { grade: customer.grade })}</Tag><HealthTag customer={customer} />{may ? <Button onClick={() => setChanging(true)}>{t('form.edit')}</Button> : null}</>}
      />
      <div className="columns">
        <div className="stack">
          <Opportunities customer={customer} />
          <Contacts customer={customer} />
          <History about={{ customer_id: customer.id }} />
        </div>
        <div className="stack">
          <Panel title={t('sales.customer.healthTitle')}>
            <div className="stack tight">
              <div><HealthTag customer={{ ...customer, health_reasons: [] }} /></div>
              <Reasons of={customer.health_reasons} />
              <span className="soft">{bilingual(customer.grade_reason)}</span>
            </div>
          </Panel>
          <Panel title={t('sales.facts')}>
            <Descriptions
              size="small"
              column={1}
              items={[
                { key: 'code', label: t('leads.detail.creditCode'), children: customer.credit_code ?? '—' },
                { key: 'industry', label: t('leads.column.industry'), children: customer.industry || '—' },
                { key: 'region', label: t('leads.column.region'), children: customer.region || '—' },
                { key: 'tier', label: t('sales.customer.tier'), children: t(`sales.tier.${customer.store_tier}`) },
                { key: 'tags', label: t('sales.customer.tags'), children: customer.tags.length > 0 ? <span className="row">{customer.tags.map((tag) => <Tag key={tag}>{tag}</Tag>)}</span> : '—' },
                { key: 'last', label: t('sales.customer.lastContact'), children: <Moment at={customer.last_contact_at} /> },
                ...own,
              ]}
            />
          </Panel>
        </div>
      </div>
      {changing ? <CustomerForm customer={customer} close={() => setChanging(false)} /> : null}
    </>
  );
}

function Opportunities({ customer }: { customer: Customer }) {
  const { t } = useTranslation();
  const me = useMe();
  const [adding, setAdding] = useState(false);
  const may = hasRole(me, ['sales_manager', 'sales_director']) || (customer.owner_id === me.id && hasRole(me, ['sales_rep']));
  const opportunities = useInfiniteQuery(opportunitiesQuery({ customer_id: customer.id }));
  const items = opportunities.data?.pages.flatMap((page) => page.items);
  return (
    <Panel flush title={t('nav.opportunities')} extra={may ? <Button size="small" onClick={() => setAdding(true)}>{t('sales.newOpportunity')}</Button> : null}>
      <Answer of={{ ...opportunities, data: items }} rows={2} isEmpty={(list) => list.length === 0} empty={<Empty title={t('sales.opportunitiesNone')} />}>
        {(list) => (
          <Table<OpportunityLine>
            size="small"
            rowKey="id"
            pagination={false}
            dataSource={list}
            scroll={{ x: 'max-content' }}
            columns={[
              { title: t('sales.field.subject'), dataIndex: 'subject', render: (subject: string, row) => <Link to={`/opportunities/${row.id}`}>{subject}</Link> },
              { title: t('sales.field.stage'), dataIndex: 'stage', render: (_: unknown, row) => <StageTag opportunity={row} /> },
              { title: t('leads.column.owner'), dataIndex: 'owner_id', render: (owner: string) => <PersonName id={owner} /> },
              { title: t('sales.field.stageSince'), dataIndex: 'stage_since', render: (at: string) => <Moment at={at} /> },
            ]}
          />
        )}
      </Answer>
      {adding ? <NewOpportunityForm customer={customer} close={() => setAdding(false)} /> : null}
    </Panel>
  );
}

function Contacts({ customer }: { customer: Customer }) {
  const { t } = useTranslation();
  const me = useMe();
  const [adding, setAdding] = useState(false);
  const may = customer.owner_id === me.id || hasRole(me, ['sales_manager', 'sales_director']);
  return (
    <Panel flush title={t('sales.contact.title')} extra={may ? <Button size="small" onClick={() => setAdding(true)}>{t('sales.contact.add')}</Button> : null}>
      {customer.contacts.length === 0 ? (
        <Empty title={t('sales.contact.none')} />
      ) : (
        <Table<Contact>
          size="small"
          rowKey="id"
          pagination={false}
          dataSource={customer.contacts}
          scroll={{ x: 'max-content' }}
          columns={[
            { title: t('sales.contact.name'), dataIndex: 'name', render: (name: string, row) => <><span className="strong">{name}</span> <span className="soft">{row.title}</span></> },
            { title: t('sales.contact.authority'), dataIndex: 'decision_authority', render: orDash },
            { title: t('sales.contact.budgetBasis'), dataIndex: 'budget_basis', render: orDash },
            { title: t('leads.detail.phone'), dataIndex: 'phone', render: (phone: string | null) => (phone ? <a className="num" href={`tel:${phone}`}>{phone}</a> : '—') },
            { title: t('leads.detail.email'), dataIndex: 'email', render: (email: string | null) => (email ? <a href={`mailto:${email}`}>{email}</a> : '—') },
          ]}
        />
      )}
      {adding ? <ContactForm customer={customer} close={() => setAdding(false)} /> : null}
    </Panel>
  );
}

type NewContact = Record<'name' | 'title' | 'decision_authority' | 'budget_basis' | 'phone' | 'email', string>;

function ContactForm({ customer, close }: { customer: Customer; close: () => void }) {
  const { t } = useTranslation();
  const required = [{ required: true, message: t('form.required') }];
  return (
    <FormDialog<NewContact, unknown>
      open
      close={close}
      title={t('sales.contact.add')}
      fields={['name', 'title', 'decision_authority', 'budget_basis', 'phone', 'email']}
      refreshes={[['customers'], ['timeline']]}
      send={(typed, key) => body(api.POST('/api/customers/{id}/contacts', { params: { path: { id: customer.id } }, headers: once(key), body: typed }))}
    >
      <div className="row top">
        <Form.Item name="name" label={t('sales.contact.name')} rules={required} className="grow"><Input maxLength={100} /></Form.Item>
        <Form.Item name="title" label={t('sales.contact.jobTitle')} rules={required} className="grow"><Input maxLength={100} /></Form.Item>
      </div>
      <Form.Item name="decision_authority" label={t('sales.contact.authority')} extra={t('sales.contact.authorityHint')} rules={required}><Input maxLength={200} /></Form.Item>
      <Form.Item name="budget_basis" label={t('sales.contact.budgetBasis')} rules={required}><Input maxLength={200} /></Form.Item>
      <div className="row top">
        <Form.Item name="phone" label={t('leads.detail.phone')} rules={required} className="grow"><Input maxLength={30} inputMode="tel" /></Form.Item>
        <Form.Item name="email" label={t('leads.detail.email')} rules={required} className="grow"><Input maxLength={200} inputMode="email" /></Form.Item>
      </div>
    </FormDialog>
  );
}
