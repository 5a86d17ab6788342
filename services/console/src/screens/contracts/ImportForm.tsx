import { Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';

import { api, body, once } from '../../api/client';
import { FilePick } from '../../ui/FilePick';
import { FormDialog } from '../../ui/FormDialog';
import type { Contract } from './query';

/** Takes back the text that the counterpart has edited. Changed locked clauses are refused, and that is on record. */
export function ImportForm({ contract, close }: { contract: Contract; close: () => void }) {
  const { t } = useTranslation();
  return (
    <FormDialog<{ document: string }, Contract>
      open
      close={close}
      width={760}
      title={t('contracts.import.title')}
      submit={t('contracts.import.do')}
      fields={['document']}
      refreshes={[['contracts']]}
      send={({ document }, key) => body(api.POST('/api/contracts/{id}/import', { params: { path: { id: contract.id } }, headers: once(key), body: { document, clauses: [], delivery_place: null, lead_time_days: null } }))}
    >
      {(form) => (
        <>
          <p className="soft">{t('contracts.import.hint')}</p>
          <div className="row" style={{ marginBottom: 12 }}>
            <Button href={`/api/contracts/${contract.id}/document`} download={`${contract.number}.txt`}>{t('contracts.import.download')}</Button>
            <FilePick label={t('contracts.import.file')} accept=".txt,text/plain" onPick={(file) => void file.text().then((text) => form.setFieldValue('document', text))} />
          </div>
          <Form.Item name="document" label={t('contracts.import.text')} rules={[{ required: true, message: t('form.required') }]}>
            <Input.TextArea autoSize={{ minRows: 8, maxRows: 18 }} style={{ fontFamily: 'ui-monospace, monospace' }} />
          </Form.Item>
        </>
      )}
    </FormDialog>
  );
}
