import { useInfiniteQuery } from '@tanstack/react-query';
import { LockOutlined } from '@ant-design/icons';
import { Button, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { hasRole, useMe } from '../../app/session';
import { ListTable } from '../../ui/ListTable';
import { type Columns } from '../../ui/narrow';
import { PageHead, Panel } from '../../ui/Page';
import { listed } from '../../ui/punctuated';
import { Empty } from '../../ui/States';
import { Moment } from '../../ui/Values';
import { ClauseDrawer } from './ClauseDrawer';
import { ClauseForm } from './ClauseForm';
import { type Clause, clausesQuery } from './query';
import './contracts.css';

/** What legal has written: what contracts must carry, from when on, and which of it nobody may change. */
export function ClauseLibrary() {
  const { t } = useTranslation();
  const me = useMe();
  const [open, setOpen] = useState<string | null>(null);
  const [adding, setAdding] = useState(false);
  const query = useInfiniteQuery(clausesQuery);
  const may = hasRole(me, ['legal']);
  return (
    <>
      <PageHead title={t('clauses.title')} hint={<><span className="row"><Link to="/contracts">{t('nav.contracts')}</Link></span>{t('clauses.hint')}</>} extra={may ? <Button type="primary" onClick={() => setAdding(true)}>{t('clauses.new')}</Button> : null} />
      <Panel flush>
        <ListTable<Clause> query={query} rowKey="id" columns={useColumns(setOpen)} empty={<Empty title={t('clauses.none')} />} />
      </Panel>
      {open ? <ClauseDrawer id={open} may={may} close={() => setOpen(null)} /> : null}
      {adding ? <ClauseForm clause={null} close={() => setAdding(false)} /> : null}
    </>
  );
}

function useColumns(open: (id: string) => void): Columns<Clause> {
  const { t } = useTranslation();
  return [
    { title: t('clauses.code'), dataIndex: 'code', width: 130, narrow: 92, render: (code: string) => <span className="num">{code}</span> },
    { title: t('clauses.clauseTitle'), dataIndex: 'title', width: 240, narrow: 170, render: (title: string, clause) => <Button type="link" size="small" style={{ padding: 0 }} onClick={() => open(clause.id)}>{title}</Button> },
    { title: t('clauses.kind'), dataIndex: 'kind', width: 130, render: (kind: Clause['kind']) => <KindTag kind={kind} /> },
    { title: t('clauses.requiredFor'), width: 220, render: (_: unknown, clause) => <RequiredFor clause={clause} /> },
    { title: t('clauses.revision'), dataIndex: 'revision', width: 90, align: 'end' },
    { title: t('quotes.statusLabel'), width: 110, narrow: 100, render: (_: unknown, clause) => <Tag color={clause.published_at ? 'green' : 'orange'}>{t(clause.published_at ? 'clauses.published' : 'clauses.draft')}</Tag> },
    { title: t('clauses.effective'), dataIndex: 'effective_from', width: 130, render: (at: string) => <Moment at={at} /> },
  ];
}

export function KindTag({ kind }: { kind: Clause['kind'] }) {
  const { t } = useTranslation();
  return <Tag color={kind === 'locked' ? 'default' : 'blue'} {...(kind === 'locked' ? { icon: <LockOutlined /> } : {})}>{t(`clauses.kinds.${kind}`)}</Tag>;
}

/** Which contracts must carry a clause. */
export function RequiredFor({ clause }: { clause: Clause }) {
  const { t } = useTranslation();
  const { destinations = [], customer_types = [], product_categories = [] } = clause.required_for;
  const said = [
    ...destinations.map((value) => t(`contracts.destination.${value}`, { defaultValue: value })),
    ...customer_types.map((value) => t(`contracts.customer_type.${value}`, { defaultValue: value })),
    ...product_categories.map((value) => t(`clauses.category.${value}`, { defaultValue: value })),
  ];
  return <span>{said.length === 0 ? t('clauses.everywhere') : listed(said)}</span>;
}
