import { Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';

import { api, body, once } from '../../../api/client';
import type { components } from '../../../api/schema';
import { FormDialog } from '../../../ui/FormDialog';
import { now } from '../../../ui/clock';
import { fromLocalInput, toLocalInput } from '../../../ui/localTime';
import { MomentField } from '../../../ui/dates/DateFields';

type Action = components['schemas']['ActionView'];

interface Typed {
  done_at: string;
  own: string;
  summary: string;
  linked_communication: string;
  next_step: string;
  next_step_at: string;
}

const DAY_MS = 24 * 3_600_000;

/** What a finished action must say: each kind has one field of its own. */
export function ActionDoneForm({ action, close }: { action: Action; close: () => void }) {
  const { t } = useTranslation();
  const own = action.own_field;
  const required = [{ required: true, message: t('form.required') }];
  return (
    <FormDialog<Typed, Action>
      open
      close={close}
      title={t('home.actionForm.title', { kind: t(`actionKind.${action.kind}`) })}
      submit={t('home.actionForm.submit')}
      fields={['done_at', 'summary', 'linked_communication', 'next_step', 'next_step_at']}
      initial={{ done_at: toLocalInput(now()), next_step_at: toLocalInput(new Date(now().getTime() + 2 * DAY_MS)) }}
      refreshes={[['todos'], ['actions'], ['opportunities'], ['customers']]}
      send={(typed, key) =>
        body(
          api.POST('/api/actions/{id}/done', {
            params: { path: { id: action.id } },
            headers: once(key),
            body: {
              done_at: fromLocalInput(typed.done_at) ?? null,
              summary: typed.summary,
              linked_communication: typed.linked_communication,
              next_step: typed.next_step,
              next_step_at: fromLocalInput(typed.next_step_at) ?? null,
              [own]: typed.own,
            },
          }),
        )
      }
    >
      <p className="soft">{action.purpose}</p>
      <Form.Item name="own" label={t(`home.actionForm.own.${own}`)} rules={required}>
        <Input maxLength={500} />
      </Form.Item>
      <Form.Item name="summary" label={t('home.actionForm.summary')} rules={required}>
        <Input.TextArea rows={3} maxLength={2000} />
      </Form.Item>
      <Form.Item name="linked_communication" label={t('home.actionForm.linked')} extra={t('home.actionForm.linkedHint')} rules={required}>
        <Input maxLength={500} />
      </Form.Item>
      <Form.Item name="next_step" label={t('home.actionForm.nextStep')} rules={required}>
        <Input maxLength={500} />
      </Form.Item>
      <div className="row">
        <Form.Item name="next_step_at" label={t('home.actionForm.nextStepAt')} rules={required} className="grow">
          <MomentField />
        </Form.Item>
        <Form.Item name="done_at" label={t('home.actionForm.doneAt')} rules={required} className="grow">
          <MomentField />
        </Form.Item>
      </div>
    </FormDialog>
  );
}
