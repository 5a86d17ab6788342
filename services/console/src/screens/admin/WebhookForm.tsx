import { Form, Input, Select, Switch } from 'antd';
import { useTranslation } from 'react-i18next';

import { api, body, once } from '../../api/client';
import type { components } from '../../api/schema';
import { FormDialog } from '../../ui/FormDialog';

type Webhook = components['schemas']['WebhookView'];
type WithSecret = components['schemas']['WebhookWithSecret'];

interface Typed {
  url: string;
  description: string;
  event_types: string[];
  enabled: boolean;
}

interface Props {
  webhook: Webhook | null;
  close: () => void;
  onMade: (made: WithSecret) => void;
}

/** Adds an address that is told of events, or changes one. */
export function WebhookForm({ webhook, close, onMade }: Props) {
  const { t } = useTranslation();
  const required = [{ required: true, message: t('form.required') }];
  return (
    <FormDialog<Typed, Webhook | WithSecret>
      open
      close={close}
      title={webhook ? t('admin.webhooks.change') : t('admin.webhooks.add')}
      fields={['url', 'description', 'event_types', 'enabled']}
      initial={{ event_types: webhook?.event_types ?? ['lead.*'], description: webhook?.description ?? '', url: webhook?.url ?? '', enabled: webhook?.enabled ?? true }}
      refreshes={[['webhooks']]}
      onDone={(answer) => {
        if ('secret' in answer) onMade(answer);
      }}
      send={(typed, key): Promise<Webhook | WithSecret> =>
        webhook
          ? body(api.PUT('/api/webhooks/{id}', { params: { path: { id: webhook.id } }, headers: once(key), body: typed }))
          : body(api.POST('/api/webhooks', { headers: once(key), body: typed }))
      }
    >
      <Form.Item name="url" label={t('admin.webhooks.url')} rules={required}><Input inputMode="url" placeholder="https://" /></Form.Item>
      <Form.Item name="description" label={t('admin.webhooks.description')}><Input maxLength={200} /></Form.Item>
      <Form.Item name="event_types" label={t('admin.webhooks.events')} extra={t('admin.webhooks.eventsHint')} rules={required}>
        <Select mode="tags" open={false} suffixIcon={null} />
      </Form.Item>
      <Form.Item name="enabled" label={t('admin.people.active')} valuePropName="checked"><Switch /></Form.Item>
    </FormDialog>
  );
}
