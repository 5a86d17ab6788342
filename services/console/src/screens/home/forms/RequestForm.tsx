import { Alert, Form, Input, Modal, Radio } from 'antd';
import { useTranslation } from 'react-i18next';

import { api, body, once } from '../../../api/client';
import type { components } from '../../../api/schema';
import { useWrite } from '../../../api/useWrite';
import { FormDialog } from '../../../ui/FormDialog';
import { say } from '../../../ui/States';
import { Due } from '../../../ui/Values';

type Request = components['schemas']['Request'];

interface Props {
  request: Request;
  close: () => void;
}

const REFRESHES = [['todos'], ['requests']] as const;

/** Takes on another department's request, and then answers it. */
export function RequestForm({ request, close }: Props) {
  return request.state === 'filed' ? <Take request={request} close={close} /> : <ReplyForm request={request} close={close} />;
}

function Take({ request, close }: Props) {
  const { t } = useTranslation();
  const take = useWrite({
    send: (id: string, key) => body(api.POST('/api/deliveries/requests/{id}/take', { params: { path: { id } }, headers: once(key) })),
    refreshes: REFRESHES,
    onDone: close,
  });
  return (
    <Modal
      open
      title={t('home.request.takeTitle')}
      onCancel={close}
      okText={t('home.request.take')}
      cancelText={t('form.cancel')}
      okButtonProps={{ loading: take.isPending }}
      onOk={() => take.mutate(request.id)}
    >
      {take.error ? <Alert type="error" showIcon title={say(take.error, t('state.failedHint'))} style={{ marginBottom: 12 }} /> : null}
      <p className="strong">{request.wish}</p>
      <p>{request.target}</p>
      <p className="soft">{t('home.request.replyBy')} <Due at={request.reply_by} /></p>
    </Modal>
  );
}

interface Typed {
  feasible: boolean;
  approach: string;
  resources: string;
  schedule: string;
  deliverable: string;
}

function ReplyForm({ request, close }: Props) {
  const { t } = useTranslation();
  const required = [{ required: true, message: t('form.required') }];
  return (
    <FormDialog<Typed, Request>
      open
      close={close}
      title={t('home.request.replyTitle')}
      submit={t('home.request.reply')}
      fields={['feasible', 'approach', 'resources', 'schedule', 'deliverable']}
      initial={{ feasible: true }}
      refreshes={REFRESHES}
      send={(typed, key) =>
        body(
          api.PUT('/api/deliveries/requests/{id}/reply', {
            params: { path: { id: request.id } },
            headers: once(key),
            body: typed,
          }),
        )
      }
    >
      <p className="strong">{request.wish}</p>
      <Form.Item name="feasible" label={t('home.request.feasible')}>
        <Radio.Group optionType="button" options={[{ value: true, label: t('home.request.yes') }, { value: false, label: t('home.request.no') }]} />
      </Form.Item>
      <Form.Item name="approach" label={t('home.request.approach')} rules={required}>
        <Input.TextArea rows={3} maxLength={1000} />
      </Form.Item>
      <Form.Item name="resources" label={t('home.request.resources')} rules={required}>
        <Input maxLength={500} />
      </Form.Item>
      <Form.Item name="schedule" label={t('home.request.schedule')} rules={required}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="deliverable" label={t('home.request.deliverable')} rules={required}>
        <Input maxLength={500} />
      </Form.Item>
    </FormDialog>
  );
}
