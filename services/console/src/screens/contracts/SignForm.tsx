import { Form, Input, Radio } from 'antd';
import { useTranslation } from 'react-i18next';

import { api, body, once } from '../../api/client';
import type { components } from '../../api/schema';
import { useMe } from '../../app/session';
import { FormDialog } from '../../ui/FormDialog';
import { SignaturePad } from './SignaturePad';
import type { Contract } from './query';

type Captured = components['schemas']['CapturedSignature'];

interface Typed {
  signatures: Captured[];
}

/** Captures one party's signature; with both the contract binds. */
export function SignForm({ contract, close }: { contract: Contract; close: () => void }) {
  const { t } = useTranslation();
  const me = useMe();
  const open = (['ours', 'customer'] as const).filter((party) => !contract.signatures.some((one) => one.party === party));
  const required = (message: string) => [{ required: true, message }];
  return (
    <FormDialog<Typed, Contract>
      open
      close={close}
      width={680}
      title={t('contracts.sign.for', { number: contract.number })}
      submit={t('contracts.sign.do')}
      fields={['signatures']}
      initial={{ signatures: [{ party: open[0] ?? 'ours', signer_name: open[0] === 'ours' ? me.name : '', format: 'svg_path', data: '' }] }}
      refreshes={[['contracts'], ['quotes'], ['receivables'], ['deliveries']]}
      send={({ signatures }, key) =>
        body(api.POST('/api/contracts/{id}/sign', { params: { path: { id: contract.id } }, headers: once(key), body: { signatures: signatures.map((one) => ({ ...one, format: 'svg_path' as const })) } }))
      }
    >
      {(form) => (
        <>
          {open.length === 1 ? <p className="warn">{t('contracts.sign.binds')}</p> : null}
          <Form.Item name={['signatures', 0, 'party']} label={t('contracts.sign.party')}>
            <Radio.Group optionType="button" options={open.map((value) => ({ value, label: t(`contracts.party.${value}`) }))} onChange={(event) => form.setFieldValue(['signatures', 0, 'signer_name'], event.target.value === 'ours' ? me.name : '')} />
          </Form.Item>
          <Form.Item name={['signatures', 0, 'signer_name']} label={t('contracts.sign.name')} rules={required(t('form.required'))}><Input maxLength={100} autoComplete="off" /></Form.Item>
          <Form.Item name={['signatures', 0, 'data']} label={t('contracts.sign.drawn')} rules={required(t('contracts.sign.empty'))}><SignaturePad /></Form.Item>
        </>
      )}
    </FormDialog>
  );
}
