import { Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';

import { api, body, once } from '../../api/client';
import { EvidenceFields, type EvidenceTyped } from '../../ui/EvidenceFields';
import { FormDialog } from '../../ui/FormDialog';
import { PROOF, nextNode } from './journey';

interface Props {
  receivable: { id: string; company: string; node: number };
  close: () => void;
}

/** Moves a receivable to its next node; nothing moves on words. */
export function AdvanceJourneyForm({ receivable, close }: Props) {
  const { t } = useTranslation();
  const to = nextNode(receivable.node);
  if (to === null) return null;
  const proof = PROOF[to];
  return (
    <FormDialog<EvidenceTyped & { note?: string }, unknown>
      open
      close={close}
      title={t('collections.advance.title', { company: receivable.company, node: t(`collections.node.${to}`) })}
      submit={t('collections.advance.submit')}
      fields={['evidence_kind', 'reference', 'sha256', 'note']}
      refreshes={[['todos'], ['receivables']]}
      send={({ evidence_kind, reference, sha256, note }, key) =>
        body(
          api.POST('/api/receivables/{id}/advance', {
            params: { path: { id: receivable.id } },
            headers: once(key),
            body: { to, evidence: { kind: evidence_kind, name: proof.name, reference, sha256: sha256 || null }, note: note || null },
          }),
        )
      }
    >
      <p className="soft">{t(`collections.proof.${to}`)}</p>
      <EvidenceFields kinds={proof.kinds} />
      <Form.Item name="note" label={t('collections.note')}>
        <Input.TextArea rows={2} maxLength={500} />
      </Form.Item>
    </FormDialog>
  );
}
