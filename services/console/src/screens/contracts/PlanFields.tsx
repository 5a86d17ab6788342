import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';

import { type TypedPart, sumOfPlan } from './plan';
import { PAYMENT_KINDS } from './query';

/** The parts in which a contract is paid; they must add up to the whole. */
export function PlanFields() {
  const { t } = useTranslation();
  const parts = (Form.useWatch('payment_plan') as TypedPart[] | undefined) ?? [];
  const sum = sumOfPlan(parts);
  const whole = { pattern: /^\d{1,3}$/, message: t('contracts.plan.whole') };
  return (
    <fieldset className="plan-fields">
      <legend>{t('contracts.plan.title')}</legend>
      <Form.List name="payment_plan">
        {(rows, { add, remove }) => (
          <>
            {rows.map((row, at) => (
              <div className="plan-part" role="group" aria-label={t('contracts.plan.part', { number: at + 1 })} key={row.key}>
                <Form.Item name={[row.name, 'kind']} rules={[{ required: true, message: t('form.required') }]}>
                  <Select aria-label={`${t('collections.plan.kind')} ${at + 1}`} options={PAYMENT_KINDS.map((value) => ({ value, label: t(`collections.plan.kinds.${value}`) }))} />
                </Form.Item>
                <Form.Item name={[row.name, 'percent']} rules={[{ required: true, message: t('form.required') }, whole]}>
                  <Input inputMode="numeric" suffix="%" aria-label={`${t('contracts.plan.percent')} ${at + 1}`} />
                </Form.Item>
                <Form.Item name={[row.name, 'days']} rules={[whole]}>
                  <Input inputMode="numeric" suffix={t('quotes.days')} placeholder={t('contracts.plan.daysAfter')} aria-label={`${t('contracts.plan.daysAfter')} ${at + 1}`} />
                </Form.Item>
                <Button type="text" icon={<DeleteOutlined />} disabled={rows.length === 1} aria-label={t('contracts.plan.remove', { number: at + 1 })} onClick={() => remove(row.name)} />
              </div>
            ))}
            <div className="row spread">
              <Button type="dashed" icon={<PlusOutlined />} onClick={() => add({ kind: 'on_delivery', percent: String(Math.max(0, 100 - sum)), days: '' })}>{t('contracts.plan.add')}</Button>
              <span className={sum === 100 ? 'good' : 'warn strong'} role="status">{t('contracts.plan.sum', { sum })}</span>
            </div>
          </>
        )}
      </Form.List>
    </fieldset>
  );
}
