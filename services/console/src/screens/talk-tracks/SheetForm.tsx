import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';

import { api, body, once, seen } from '../../api/client';
import type { components } from '../../api/schema';
import { FormDialog } from '../../ui/FormDialog';
import type { Sheet } from './query';

type SheetInput = components['schemas']['SheetInput'];

const COLUMNS = ['aspect', 'ours', 'theirs'] as const;
const EMPTY = { aspect: '', ours: '', theirs: '' };

/** A comparison sheet as somebody writes it. */
export function SheetForm({ sheet, close }: { sheet?: Sheet; close: () => void }) {
  const { t } = useTranslation();
  const required = [{ required: true, message: t('form.required') }];
  return (
    <FormDialog<SheetInput, Sheet>
      open
      close={close}
      width={820}
      title={sheet ? t('talkTracks.sheet.edit') : t('talkTracks.sheet.add')}
      fields={['competitor', 'aliases', 'rows', 'success_case']}
      initial={sheet ? { competitor: sheet.competitor, aliases: sheet.aliases ?? [], rows: sheet.rows, success_case: sheet.success_case ?? '' } : { aliases: [], rows: [EMPTY] }}
      refreshes={[['comparison-sheets']]}
      send={(typed, key) => {
        const input = { ...typed, aliases: typed.aliases ?? [], rows: typed.rows ?? [], success_case: typed.success_case || null };
        if (!sheet) return body(api.POST('/api/comparison-sheets', { headers: once(key), body: input }));
        return body(api.PUT('/api/comparison-sheets/{id}', { params: { path: { id: sheet.id } }, headers: seen(sheet.version, key), body: input }));
      }}
    >
      <div className="row top">
        <Form.Item name="competitor" label={t('sales.field.competitor')} rules={required} className="grow"><Input maxLength={50} /></Form.Item>
        <Form.Item name="aliases" label={t('talkTracks.sheet.aliases')} className="grow"><Select mode="tags" open={false} suffixIcon={null} /></Form.Item>
      </div>
      <Form.List name="rows">
        {(rows, { add, remove }) => (
          <fieldset className="points">
            <legend>{t('talkTracks.sheet.rows')}</legend>
            {rows.map(({ key, name }) => (
              <div className="row top" key={key}>
                {COLUMNS.map((column) => (
                  <Form.Item key={column} name={[name, column]} rules={required} {...(column === 'aspect' ? { style: { width: 140 } } : { className: 'grow' })}>
                    <Input.TextArea autoSize={{ maxRows: 4 }} maxLength={column === 'aspect' ? 50 : 300} aria-label={t(`talkTracks.sheet.${column}`)} placeholder={t(`talkTracks.sheet.${column}`)} />
                  </Form.Item>
                ))}
                <Button type="text" icon={<DeleteOutlined />} aria-label={t('talkTracks.sheet.removeRow', { number: name + 1 })} onClick={() => remove(name)} />
              </div>
            ))}
            <Button size="small" icon={<PlusOutlined />} disabled={rows.length >= 30} onClick={() => add(EMPTY)}>{t('talkTracks.sheet.addRow')}</Button>
          </fieldset>
        )}
      </Form.List>
      <Form.Item name="success_case" label={t('talkTracks.field.successCase')}><Input.TextArea rows={2} maxLength={2000} /></Form.Item>
    </FormDialog>
  );
}
