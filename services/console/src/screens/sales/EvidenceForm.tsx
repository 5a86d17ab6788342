import { useTranslation } from 'react-i18next';

import { api, body, once } from '../../api/client';
import { EvidenceFields, type EvidenceTyped } from '../../ui/EvidenceFields';
import { FormDialog } from '../../ui/FormDialog';
import type { Opportunity } from './query';

/** Attaches a piece of evidence under the name that the gate asks for. */
export function EvidenceForm({ opportunity, name, close }: { opportunity: Opportunity; name: string; close: () => void }) {
  const { t } = useTranslation();
  return (
    <FormDialog<EvidenceTyped, Opportunity>
      open
      close={close}
      title={t('sales.evidence.attach')}
      fields={['evidence_kind', 'reference', 'sha256']}
      refreshes={[['opportunities'], ['timeline']]}
      send={({ evidence_kind, reference, sha256 }, key) =>
        body(
          api.POST('/api/opportunities/{id}/evidence', {
            params: { path: { id: opportunity.id } },
            headers: once(key),
            body: { name, kind: evidence_kind, reference, sha256: sha256 || null },
          }),
        )
      }
    >
      <EvidenceFields kinds={['file', 'link', 'message', 'recording', 'text']} />
    </FormDialog>
  );
}
