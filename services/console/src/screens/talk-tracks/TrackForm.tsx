import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';

import { api, body, once, seen } from '../../api/client';
import { Conflict } from '../../ui/Conflict';
import type { Difference } from '../../ui/ConflictDialog';
import { FormDialog } from '../../ui/FormDialog';
import { sentences } from '../../ui/punctuated';
import { useConflict } from '../../ui/useConflict';
import { PointsField } from './PointsField';
import { type Track, type TrackInput, objectionsQuery, trackQuery } from './query';

const FIELDS = ['title', 'industry', 'objection_ids', 'objection', 'text', 'points', 'success_case'] as const;

/** What can be typed of a track; the server counts the versions. */
function inputOf(track: Track): TrackInput {
  return Object.fromEntries(FIELDS.map((name) => [name, track[name]])) as unknown as TrackInput;
}

const EMPTY: Partial<TrackInput> = { objection_ids: [] };

interface Props {
  /** None for a new one. */
  track?: Track;
  close: () => void;
}

/** A talk track as somebody writes it. Other words are a new version. */
export function TrackForm({ track, close }: Props) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const objections = useInfiniteQuery(objectionsQuery);
  const { version, conflict, onRefused } = useConflict<TrackInput, Track>(track?.version ?? 0, close);
  const named = (name: string, of: (track: TrackInput | Track) => string | null | undefined) => (mine: TrackInput, theirs: Track) => ({ field: t(`talkTracks.field.${name}`), mine: of(mine) ?? '', theirs: of(theirs) ?? '' });
  const differences = (mine: TrackInput, theirs: Track): Difference[] => [
    named('title', ({ title }) => title),
    named('objection', ({ objection }) => objection),
    named('text', ({ text }) => text),
    named('successCase', ({ success_case }) => success_case),
    named('points', ({ points }) => sentences(points.map((point) => point.text))),
  ].map((read) => read(mine, theirs));
  const required = [{ required: true, message: t('form.required') }];
  const send = (typed: TrackInput, key: string) => {
    const input = { ...typed, industry: typed.industry || null, success_case: typed.success_case || null, objection_ids: typed.objection_ids ?? [], points: typed.points ?? [] };
    if (!track) return body(api.POST('/api/talk-tracks', { headers: once(key), body: input }));
    return body(api.PUT('/api/talk-tracks/{id}', { params: { path: { id: track.id } }, headers: seen(version, key), body: input }));
  };
  return (
    <>
      <FormDialog<TrackInput, Track>
        open
        close={close}
        width={760}
        title={track ? t('talkTracks.edit') : t('talkTracks.add')}
        fields={FIELDS}
        initial={track ? inputOf(track) : { ...EMPTY, points: [{ id: crypto.randomUUID().slice(0, 8), duty: 'must_say', text: '', paraphrases: [] }] }}
        refreshes={[['talk-tracks']]}
        send={send}
        onDone={(saved) => void (track ?? navigate(`/talk-tracks/${saved.id}`))}
        onRefused={track ? onRefused(() => client.fetchQuery({ ...trackQuery(track.id), staleTime: 0 })) : undefined}
      >
        <div className="row top">
          <Form.Item name="title" label={t('talkTracks.field.title')} rules={required} className="grow"><Input maxLength={100} /></Form.Item>
          <Form.Item name="industry" label={t('talkTracks.field.industry')}><Input maxLength={50} /></Form.Item>
        </div>
        <Form.Item name="objection" label={t('talkTracks.field.objection')} rules={required}><Input.TextArea rows={2} maxLength={2000} /></Form.Item>
        <Form.Item name="objection_ids" label={t('talkTracks.field.answers')}>
          <Select mode="multiple" showSearch={{ optionFilterProp: 'label' }} loading={objections.isPending} options={objections.data?.pages.flatMap((page) => page.items).map(({ id, text }) => ({ value: id, label: text }))} />
        </Form.Item>
        <Form.Item name="text" label={t('talkTracks.field.text')} rules={required}><Input.TextArea rows={3} maxLength={2000} /></Form.Item>
        <PointsField />
        <Form.Item name="success_case" label={t('talkTracks.field.successCase')}><Input.TextArea rows={2} maxLength={2000} /></Form.Item>
      </FormDialog>
      <Conflict of={conflict} fields={differences} />
    </>
  );
}
