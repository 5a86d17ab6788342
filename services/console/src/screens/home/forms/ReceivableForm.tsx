import { Modal } from 'antd';
import { useTranslation } from 'react-i18next';

import type { components } from '../../../api/schema';
import { bilingual } from '../../../ui/bilingual';
import { AdvanceJourneyForm } from '../../collections/AdvanceJourneyForm';
import { LAST_BY_HAND } from '../../collections/journey';

type Step = components['schemas']['NextStepView'];

/** Moves a receivable on with its evidence; the last node is reached by the bank alone. */
export function ReceivableForm({ step, close }: { step: Step; close: () => void }) {
  const { t } = useTranslation();
  if (step.node < LAST_BY_HAND) {
    return <AdvanceJourneyForm receivable={{ id: step.receivable_id, company: step.company, node: step.node }} close={close} />;
  }
  return (
    <Modal open title={step.company} footer={null} onCancel={close}>
      <p>{bilingual(step.sentence)}</p>
      <p className="soft">{t('collections.bankOnly')}</p>
    </Modal>
  );
}
