import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { api, body, seen } from '../../api/client';
import type { components } from '../../api/schema';
import { bilingual } from '../../ui/bilingual';
import { FormDialog } from '../../ui/FormDialog';
import { Answer } from '../../ui/States';
import { type Visit, type VisitDetail, visitQuery } from './query';

interface Typed {
  note: string;
  pain: string;
  competitor: string;
  next_step: string;
}

interface Props {
  visit: Visit;
  close: () => void;
}

/** What the voice note says becomes the rep's own summary, as heard or edited. */
export function SummaryForm({ visit, close }: Props) {
  const { t } = useTranslation();
  const detail = useQuery(visitQuery(visit.id));
  if (detail.data) return <Editing detail={detail.data} close={close} />;
  return <Modal open title={t('sales.visits.confirm')} footer={null} onCancel={close}><Answer of={detail} rows={3}>{() => null}</Answer></Modal>;
}

function Editing({ detail, close }: { detail: VisitDetail; close: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [version, setVersion] = useState(detail.version);
  const [changed, setChanged] = useState(false);
  const notice = detail.voice_note?.notice;
  return (
    <FormDialog<Typed, components['schemas']['VisitAnswer']>
      open
      close={close}
      width={600}
      title={t('sales.visits.confirm')}
      fields={['note', 'pain', 'competitor', 'next_step']}
      initial={{ note: detail.voice_note?.summary ?? detail.note ?? '', pain: detail.pain ?? '', competitor: detail.competitor ?? '', next_step: detail.next_step }}
      refreshes={[['visits'], ['opportunities'], ['timeline']]}
      send={({ note, pain, competitor, next_step }, key) =>
        body(
          api.POST('/api/visits/{id}/summary', {
            params: { path: { id: detail.id } },
            headers: seen(version, key),
            body: { note, pain: pain || null, competitor: competitor || null, next_step },
          }),
        )
      }
      onRefused={(problem) => {
        if (!problem.isStale) return false;
        // A confirmed conclusion has changed the visit: what is typed stays, and is saved on top when the rep says so.
        void client.fetchQuery({ ...visitQuery(detail.id), staleTime: 0 }).then((newer) => setVersion(newer.version));
        setChanged(true);
        return true;
      }}
    >
      {changed ? <Alert type="warning" showIcon style={{ marginBottom: 12 }} title={t('sales.visits.changedMeanwhile')} /> : null}
      {notice ? <Alert type="warning" showIcon style={{ marginBottom: 12 }} title={bilingual(notice)} /> : null}
      <Form.Item name="note" label={t('sales.visit.note')} rules={[{ required: true, message: t('form.required') }]}><Input.TextArea rows={4} maxLength={2000} /></Form.Item>
      <Form.Item name="pain" label={t('sales.field.pain')}><Input maxLength={500} /></Form.Item>
      <Form.Item name="competitor" label={t('sales.field.competitor')}><Input maxLength={200} /></Form.Item>
      <Form.Item name="next_step" label={t('home.actionForm.nextStep')} rules={[{ required: true, message: t('form.required') }]}><Input maxLength={500} /></Form.Item>
    </FormDialog>
  );
}
