import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';

import { DUTIES } from './query';

/** Key points with their duty and other words for the same. A point keeps its id, so that versions can be compared. */
export function PointsField() {
  const { t } = useTranslation();
  const required = [{ required: true, message: t('form.required') }];
  return (
    <Form.List name="points">
      {(points, { add, remove }, { errors }) => (
        <fieldset className="points">
          <legend>{t('talkTracks.field.points')}</legend>
          {points.map(({ key, name }) => (
            <div className="point" key={key}>
              <Form.Item name={[name, 'id']} hidden><Input /></Form.Item>
              <div className="row top">
                <Form.Item name={[name, 'duty']} rules={required} style={{ width: 130 }}>
                  <Select aria-label={t('talkTracks.field.duty')} options={DUTIES.map((value) => ({ value, label: t(`talkTracks.duty.${value}`) }))} />
                </Form.Item>
                <Form.Item name={[name, 'text']} rules={required} className="grow"><Input maxLength={200} aria-label={t('talkTracks.field.point')} /></Form.Item>
                <Button type="text" icon={<DeleteOutlined />} aria-label={t('talkTracks.removePoint', { number: name + 1 })} onClick={() => remove(name)} />
              </div>
              <Form.Item name={[name, 'paraphrases']}>
                <Select mode="tags" open={false} suffixIcon={null} maxCount={10} placeholder={t('talkTracks.field.paraphrases')} aria-label={t('talkTracks.field.paraphrases')} />
              </Form.Item>
            </div>
          ))}
          <Form.ErrorList errors={errors} />
          <Button size="small" icon={<PlusOutlined />} disabled={points.length >= 20} onClick={() => add({ id: crypto.randomUUID().slice(0, 8), duty: 'must_say', text: '', paraphrases: [] })}>{t('talkTracks.addPoint')}</Button>
        </fieldset>
      )}
    </Form.List>
  );
}
