import { Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';

export const EVIDENCE_KINDS = ['message', 'recording', 'file', 'link', 'text'] as const;
export type EvidenceKind = (typeof EVIDENCE_KINDS)[number];

export interface EvidenceTyped {
  evidence_kind: EvidenceKind;
  reference: string;
  sha256?: string;
}

/** Where a piece of evidence is: its carrier, its address and, for files, what they hash to. */
export function EvidenceFields({ kinds = EVIDENCE_KINDS }: { kinds?: readonly EvidenceKind[] }) {
  const { t } = useTranslation();
  const kind = Form.useWatch('evidence_kind') as EvidenceKind | undefined;
  return (
    <>
      <Form.Item name="evidence_kind" label={t('evidence.kind')} initialValue={kinds[0]} rules={[{ required: true }]}>
        <Select options={kinds.map((value) => ({ value, label: t(`evidence.kinds.${value}`) }))} />
      </Form.Item>
      <Form.Item name="reference" label={t('evidence.reference')} extra={t('evidence.referenceHint')} rules={[{ required: true, message: t('form.required') }]}>
        <Input maxLength={500} />
      </Form.Item>
      {kind === 'file' || kind === 'recording' ? <HashField /> : null}
    </>
  );
}

/** Takes the fingerprint of a file in the browser: the file itself stays where it is. */
function HashField() {
  const { t } = useTranslation();
  const form = Form.useFormInstance<EvidenceTyped>();
  const take = async (file: File | undefined) => {
    if (!file) return;
    const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
    const hex = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    form.setFieldValue('sha256', hex);
    if (!form.getFieldValue('reference')) form.setFieldValue('reference', file.name);
  };
  return (
    <Form.Item label={t('evidence.file')} extra={t('evidence.fileHint')}>
      <input type="file" aria-label={t('evidence.file')} onChange={(event) => void take(event.target.files?.[0])} />
      <Form.Item name="sha256" noStyle rules={[{ pattern: /^[0-9a-f]{64}$/, message: t('evidence.sha256Shape') }]}>
        <Input placeholder="SHA-256" style={{ marginTop: 8, fontFamily: 'ui-monospace, monospace' }} aria-label="SHA-256" />
      </Form.Item>
    </Form.Item>
  );
}
