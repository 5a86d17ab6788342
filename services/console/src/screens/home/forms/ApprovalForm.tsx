import { Form, Input, Radio } from 'antd';
import { useTranslation } from 'react-i18next';

import { api, body, once } from '../../../api/client';
import type { components } from '../../../api/schema';
import { FormDialog } from '../../../ui/FormDialog';
import { PersonName } from '../../../ui/PersonName';
import { Reasons } from '../../../ui/Reasons';

type Approval = components['schemas']['ApprovalView'];

interface Typed {
  decision: 'approve' | 'reject';
  reason?: string;
}

/** Decides what waits for the person's approval; a rejection says why. */
export function ApprovalForm({ approval, close }: { approval: Approval; close: () => void }) {
  const { t } = useTranslation();
  const subject = approval.subject_kind === 'contract' ? 'contract' : 'quote';
  return (
    <FormDialog<Typed, Approval>
      open
      close={close}
      title={t(`home.approvalOf.${subject}`, { number: approval.subject_number })}
      submit={t('home.approval.submit')}
      fields={['decision', 'reason']}
      initial={{ decision: 'approve' }}
      refreshes={[['todos'], ['quotes'], ['contracts'], ['approvals']]}
      send={({ decision, reason }, key) =>
        body(
          api.POST('/api/approvals/{id}/decide', {
            params: { path: { id: approval.id } },
            headers: once(key),
            body: { decision, reason: reason || null },
          }),
        )
      }
    >
      <Reasons of={approval.reasons} />
      <p className="soft">
        {t('home.approval.by')} <PersonName id={approval.submitter} />
      </p>
      <Form.Item name="decision" label={t('home.approval.decision')}>
        <Radio.Group
          optionType="button"
          options={[
            { value: 'approve', label: t('home.approval.approve') },
            { value: 'reject', label: t('home.approval.reject') },
          ]}
        />
      </Form.Item>
      <Form.Item noStyle dependencies={['decision']}>
        {({ getFieldValue }) => (
          <Form.Item name="reason" label={t('form.reason')} rules={[{ required: getFieldValue('decision') === 'reject', message: t('home.approval.reasonNeeded') }]}>
            <Input.TextArea rows={2} maxLength={500} />
          </Form.Item>
        )}
      </Form.Item>
    </FormDialog>
  );
}
