import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Form, Input, Popconfirm } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { api, body, once, seen } from '../../api/client';
import { useWrite } from '../../api/useWrite';
import { FormDialog } from '../../ui/FormDialog';
import { ListTable } from '../../ui/ListTable';
import { Panel } from '../../ui/Page';
import { ReachableTable } from '../../ui/ReachableTable';
import { Empty } from '../../ui/States';
import { Moment } from '../../ui/Values';
import { type Objection, objectionsQuery } from './query';

/** What customers held against buying; visits draw from here. */
export function Objections({ writes }: { writes: boolean }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<Objection | 'new' | null>(null);
  const withdraw = useWrite({
    send: async (id: string, key) => {
      await api.DELETE('/api/objections/{id}', { params: { path: { id } }, headers: once(key) });
    },
    refreshes: [['objections']],
  });
  return (
    <Panel flush title={t('talkTracks.tab.objections')} extra={writes ? <Button size="small" type="primary" onClick={() => setOpen('new')}>{t('talkTracks.objection.add')}</Button> : null}>
      <ReachableTable label={t('talkTracks.tab.objections')}>
        <ListTable<Objection>
          query={useInfiniteQuery(objectionsQuery)}
          rowKey="id"
          empty={<Empty title={t('talkTracks.objection.none')} />}
          columns={[
            { title: t('talkTracks.field.objection'), dataIndex: 'text', width: 460, render: (text: string) => <span className="wrapped">{text}</span> },
            { title: t('talkTracks.field.industry'), dataIndex: 'industry', width: 140, render: (industry: string | null) => industry ?? '—' },
            { title: t('talkTracks.added'), dataIndex: 'created_at', width: 120, render: (at: string) => <Moment at={at} /> },
            ...(writes
              ? [{
                  title: '',
                  key: 'does',
                  width: 140,
                  render: (_: unknown, objection: Objection) => (
                    <span className="row">
                      <Button size="small" onClick={() => setOpen(objection)}>{t('form.edit')}</Button>
                      <Popconfirm title={t('talkTracks.objection.withdrawTitle')} okText={t('talkTracks.withdraw')} cancelText={t('form.cancel')} onConfirm={() => withdraw.mutate(objection.id)}>
                        <Button size="small" type="text" danger>{t('talkTracks.withdraw')}</Button>
                      </Popconfirm>
                    </span>
                  ),
                }]
              : []),
          ]}
        />
      </ReachableTable>
      {open ? <ObjectionForm {...(open === 'new' ? {} : { objection: open })} close={() => setOpen(null)} /> : null}
    </Panel>
  );
}

interface Typed {
  text: string;
  industry?: string;
}

function ObjectionForm({ objection, close }: { objection?: Objection; close: () => void }) {
  const { t } = useTranslation();
  return (
    <FormDialog<Typed, Objection>
      open
      close={close}
      title={objection ? t('talkTracks.objection.edit') : t('talkTracks.objection.add')}
      fields={['text', 'industry']}
      initial={{ text: objection?.text ?? '', industry: objection?.industry ?? '' }}
      refreshes={[['objections']]}
      send={({ text, industry }, key) => {
        const input = { text, industry: industry || null, customer_id: objection?.customer_id ?? null };
        if (!objection) return body(api.POST('/api/objections', { headers: once(key), body: input }));
        return body(api.PUT('/api/objections/{id}', { params: { path: { id: objection.id } }, headers: seen(objection.version, key), body: input }));
      }}
    >
      <Form.Item name="text" label={t('talkTracks.field.objection')} rules={[{ required: true, message: t('form.required') }]}><Input.TextArea rows={3} maxLength={500} /></Form.Item>
      <Form.Item name="industry" label={t('talkTracks.field.industry')} extra={t('talkTracks.objection.industryHint')}><Input maxLength={50} /></Form.Item>
    </FormDialog>
  );
}
