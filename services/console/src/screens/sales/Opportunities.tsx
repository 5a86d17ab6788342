import { useInfiniteQuery } from '@tanstack/react-query';
import { Segmented, Select } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { useMe } from '../../app/session';
import { bilingual } from '../../ui/bilingual';
import { CustomFilter } from '../../ui/custom/CustomFilter';
import { ListTable } from '../../ui/ListTable';
import { type Columns } from '../../ui/narrow';
import { PageHead, Panel } from '../../ui/Page';
import { PersonName } from '../../ui/PersonName';
import { Empty } from '../../ui/States';
import { Moment } from '../../ui/Values';
import { useNarrowing } from '../../ui/useNarrowing';
import { SavedViews } from '../../ui/views/SavedViews';
import { Company } from './Company';
import { type OpportunityFilter, type OpportunityLine, opportunitiesQuery } from './query';
import { StageTag } from './StageTag';
import { PATH } from './stage';

export function Opportunities() {
  const { t } = useTranslation();
  const me = useMe();
  const { params, change, search } = useNarrowing();
  const filter = useMemo<OpportunityFilter>(
    () => ({
      ...given('stage', params.get('stage')),
      ...given('owner_id', params.get('owner_id')),
      ...given('custom', params.get('custom')),
      ...(params.get('frozen') ? { frozen: true } : {}),
    }),
    [params],
  );
  const query = useInfiniteQuery(opportunitiesQuery(filter));
  const columns = useMemo<Columns<OpportunityLine>>(() => [
    {
      title: t('sales.field.subject'),
      dataIndex: 'subject',
      width: 300,
      narrow: 150,
      render: (subject: string, row) => (
        <div className="stack tight">
          <Link to={`/opportunities/${row.id}`}>{subject}</Link>
          <span className="aside"><Company id={row.customer_id} /></span>
        </div>
      ),
    },
    { title: t('sales.field.stage'), dataIndex: 'stage', width: 140, narrow: 100, render: (_: unknown, row) => <StageTag opportunity={row} /> },
    { title: t('leads.column.owner'), dataIndex: 'owner_id', width: 96, render: (owner: string) => <PersonName id={owner} /> },
    { title: t('sales.field.nextAction'), dataIndex: 'next_action', width: 160, narrow: 110, ellipsis: true, render: (next: OpportunityLine['next_action']) => (next ? bilingual(next.title) : '—') },
    { title: t('sales.field.stageSince'), dataIndex: 'stage_since', width: 124, render: (at: string) => <Moment at={at} /> },
    { title: t('sales.field.plannedSigning'), dataIndex: 'planned_signing_at', width: 124, render: (at: string | null) => <Moment at={at} /> },
  ], [t]);
  return (
    <>
      <PageHead title={t('nav.opportunities')} hint={t('sales.opportunitiesHint')} />
      <Panel flush>
        <div className="filters" role="search">
          <SavedViews screen="opportunities" search={search} />
          <Segmented
            aria-label={t('leads.column.owner')}
            value={filter.owner_id === me.id ? 'mine' : 'all'}
            options={[{ value: 'all', label: t('home.all') }, { value: 'mine', label: t('sales.mine') }]}
            onChange={(value) => change('owner_id', value === 'mine' ? me.id : null)}
          />
          <Select
            allowClear
            style={{ width: 140 }}
            aria-label={t('sales.field.stage')}
            placeholder={t('sales.field.stage')}
            value={filter.stage ?? null}
            onChange={(value) => change('stage', value)}
            options={[...PATH, 'lost' as const].map((value) => ({ value: value as string, label: t(`sales.stage.${value}`) }))}
          />
          <Select
            allowClear
            style={{ width: 140 }}
            aria-label={t('sales.frozenShort')}
            placeholder={t('sales.frozenShort')}
            value={filter.frozen ? 'true' : null}
            onChange={(value) => change('frozen', value)}
            options={[{ value: 'true', label: t('sales.frozenOnly') }]}
          />
          <CustomFilter resource="opportunity" search={search} />
        </div>
        <ListTable<OpportunityLine> query={query} rowKey="id" columns={columns} empty={<Empty title={t('sales.opportunitiesNone')} />} />
      </Panel>
    </>
  );
}

function given<N extends string>(name: N, value: string | null): { [K in N]?: string } {
  return (value ? { [name]: value } : {}) as { [K in N]?: string };
}
