import { useQuery } from '@tanstack/react-query';
import { Button, Form, Input, Popconfirm, Select, Table } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { api, body, seen } from '../../api/client';
import type { components } from '../../api/schema';
import { useWrite } from '../../api/useWrite';
import { decimal } from '../../ui/format';
import { FormDialog } from '../../ui/FormDialog';
import { Panel } from '../../ui/Page';
import { bracketed } from '../../ui/punctuated';
import { ReachableTable } from '../../ui/ReachableTable';
import { Answer, Empty } from '../../ui/States';
import { type Fact, factsQuery } from './query';

const KINDS = ['price', 'discount_ceiling', 'lead_time', 'warranty', 'payment_term', 'minimum_order'] as const;
type Facts = components['schemas']['PriceFacts'];

interface Kept {
  version: number;
  facts: Fact[];
}

interface Next {
  version: number;
  facts: Fact[];
}

/** The whole list is written at once: what another changed in between is refused, not overwritten. */
const put = ({ version, facts }: Next, key: string) => body<Facts>(api.PUT('/api/price-facts', { headers: seen(version, key), body: { facts } }));

/** Numbers that answers are held against. */
export function Facts({ writes }: { writes: boolean }) {
  return <Answer of={useQuery(factsQuery)} rows={4}>{(kept) => <List kept={kept} writes={writes} />}</Answer>;
}

function List({ kept, writes }: { kept: Kept; writes: boolean }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<number | 'new' | null>(null);
  const remove = useWrite({ send: put, refreshes: [['price-facts']] });
  const without = (place: number) => kept.facts.filter((_, index) => index !== place);
  return (
    <Panel flush title={t('talkTracks.tab.facts')} extra={writes ? <Button size="small" type="primary" onClick={() => setOpen('new')}>{t('talkTracks.fact.add')}</Button> : null}>
      {kept.facts.length === 0 ? (
        <Empty title={t('talkTracks.fact.none')} hint={t('talkTracks.fact.noneHint')} />
      ) : (
        <ReachableTable label={t('talkTracks.tab.facts')}>
          <Table<Fact & { place: number }>
            size="middle"
            rowKey="place"
            pagination={false}
            scroll={{ x: 'max-content' }}
            dataSource={kept.facts.map((fact, place) => ({ ...fact, place }))}
            columns={[
              { title: t('talkTracks.fact.product'), dataIndex: 'product', width: 220, render: (product: string, { aliases }) => <>{product || t('coaching.score.everyProduct')}{aliases && aliases.length > 0 ? <span className="soft"> · {aliases.join(' / ')}</span> : null}</> },
              { title: t('talkTracks.fact.kind'), dataIndex: 'kind', width: 140, render: (kind: Fact['kind']) => t(`talkTracks.fact.kinds.${kind}`) },
              { title: t('talkTracks.fact.value'), dataIndex: 'value', width: 160, align: 'end', render: (value: string, { kind }) => <span className="num">{t(`talkTracks.fact.of.${kind}`, { value: decimal(value) })}</span> },
              ...(writes
                ? [{
                    title: '',
                    key: 'does',
                    width: 140,
                    render: (_: unknown, { place }: { place: number }) => (
                      <span className="row">
                        <Button size="small" onClick={() => setOpen(place)}>{t('form.edit')}</Button>
                        <Popconfirm title={t('talkTracks.fact.removeTitle')} okText={t('talkTracks.fact.remove')} cancelText={t('form.cancel')} onConfirm={() => remove.mutate({ version: kept.version, facts: without(place) })}>
                          <Button size="small" type="text" danger>{t('talkTracks.fact.remove')}</Button>
                        </Popconfirm>
                      </span>
                    ),
                  }]
                : []),
            ]}
          />
        </ReachableTable>
      )}
      {open === null ? null : <FactForm kept={kept} place={open} close={() => setOpen(null)} />}
    </Panel>
  );
}

function FactForm({ kept, place, close }: { kept: Kept; place: number | 'new'; close: () => void }) {
  const { t } = useTranslation();
  const [started] = useState(kept);
  const required = [{ required: true, message: t('form.required') }];
  const fact = place === 'new' ? undefined : started.facts[place];
  const kind = fact?.kind ?? 'price';
  return (
    <FormDialog<Fact, Facts>
      open
      close={close}
      title={place === 'new' ? t('talkTracks.fact.add') : t('talkTracks.fact.edit')}
      fields={['product', 'aliases', 'kind', 'value']}
      initial={fact ?? { product: '', aliases: [], kind }}
      refreshes={[['price-facts']]}
      send={(typed, key) => {
        const next = { ...typed, product: typed.product ?? '', aliases: typed.aliases ?? [] };
        const facts = place === 'new' ? [...started.facts, next] : started.facts.map((one, index) => (index === place ? next : one));
        return put({ version: started.version, facts }, key);
      }}
    >
      <Form.Item name="product" label={t('talkTracks.fact.product')} extra={t('talkTracks.fact.productHint')}><Input maxLength={100} /></Form.Item>
      <Form.Item name="aliases" label={t('talkTracks.sheet.aliases')}><Select mode="tags" open={false} suffixIcon={null} /></Form.Item>
      <div className="row top">
        <Form.Item name="kind" label={t('talkTracks.fact.kind')} rules={required} className="grow"><Select options={KINDS.map((value) => ({ value, label: bracketed(t(`talkTracks.fact.kinds.${value}`), t(`talkTracks.fact.unit.${value}`)) }))} /></Form.Item>
        <Form.Item name="value" label={t('talkTracks.fact.value')} rules={[{ required: true, pattern: /^\d+(\.\d+)?$/, message: t('talkTracks.fact.shape') }]} className="grow"><Input inputMode="decimal" /></Form.Item>
      </div>
    </FormDialog>
  );
}
