import { Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';

import { api, body, seen } from '../../../api/client';
import type { components } from '../../../api/schema';
import { FormDialog } from '../../../ui/FormDialog';
import { fromLocalInput, toLocalInput } from '../../../ui/localTime';
import { Moment } from '../../../ui/Values';
import { MomentField } from '../../../ui/dates/DateFields';

type Delivery = components['schemas']['Delivery'];

interface Typed {
  scheduled_at: string;
  reason: string;
}

/** Plans a delivery anew: a promise is red until its schedule holds it. */
export function ScheduleForm({ delivery, close }: { delivery: Delivery; close: () => void }) {
  const { t } = useTranslation();
  const required = [{ required: true, message: t('form.required') }];
  const start = delivery.promised_at ?? delivery.scheduled_at;
  return (
    <FormDialog<Typed, Delivery>
      open
      close={close}
      title={t('home.schedule.title', { company: delivery.company })}
      fields={['scheduled_at', 'reason']}
      initial={start ? { scheduled_at: toLocalInput(new Date(start)) } : {}}
      refreshes={[['todos'], ['deliveries']]}
      send={({ scheduled_at, reason }, key) =>
        body(
          api.PUT('/api/deliveries/{id}/schedule', {
            params: { path: { id: delivery.id } },
            headers: seen(delivery.version, key),
            body: { scheduled_at: fromLocalInput(scheduled_at) ?? '', reason, override_capacity: false },
          }),
        )
      }
    >
      <p>
        {t('home.schedule.promised')} <Moment at={delivery.promised_at} /> · {t('home.schedule.scheduled')} <Moment at={delivery.scheduled_at} />
      </p>
      <Form.Item name="scheduled_at" label={t('home.schedule.new')} rules={required}>
        <MomentField />
      </Form.Item>
      <Form.Item name="reason" label={t('form.reason')} rules={required}>
        <Input.TextArea rows={2} maxLength={500} />
      </Form.Item>
    </FormDialog>
  );
}
