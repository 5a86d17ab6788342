import { Alert, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { api, body, once } from '../../api/client';
import { useWrite } from '../../api/useWrite';
import { hasRole, useMe } from '../../app/session';
import { PaperDialog } from '../../ui/PaperDialog';
import { say } from '../../ui/States';
import { ImportForm } from './ImportForm';
import { SignForm } from './SignForm';
import { TermsForm } from './TermsForm';
import { type Contract, contractPaper } from './query';

/** What may be done with a contract as it stands. */
export function ContractActions({ contract, editable }: { contract: Contract; editable: boolean }) {
  const { t } = useTranslation();
  const me = useMe();
  const [open, setOpen] = useState<'paper' | 'terms' | 'import' | 'sign' | null>(null);
  const close = () => setOpen(null);
  const submit = useWrite({
    send: (_: null, key) => body(api.POST('/api/contracts/{id}/submit', { params: { path: { id: contract.id } }, headers: once(key) })),
    refreshes: [['contracts'], ['approvals']],
  });
  const signable = contract.status === 'approved' || contract.status === 'signing';
  const maySign = contract.owner_id === me.id || hasRole(me, ['sales_manager', 'sales_director', 'legal']);
  return (
    <>
      <Button onClick={() => setOpen('paper')}>{t('paper.show')}</Button>
      {editable ? <Button onClick={() => setOpen('import')}>{t('contracts.import.do')}</Button> : null}
      {editable ? <Button onClick={() => setOpen('terms')}>{t('contracts.changeTerms')}</Button> : null}
      {editable ? <Button type="primary" loading={submit.isPending} onClick={() => submit.mutate(null)}>{t('quotes.submit')}</Button> : null}
      {signable && maySign ? <Button type="primary" onClick={() => setOpen('sign')}>{t('contracts.sign.do')}</Button> : null}
      {submit.error ? <Alert type="error" showIcon closable title={say(submit.error, t('state.failedHint'))} /> : null}
      {open === 'paper' ? <PaperDialog title={contract.number} href={contractPaper(contract.id)} close={close} /> : null}
      {open === 'terms' ? <TermsForm contract={contract} close={close} /> : null}
      {open === 'import' ? <ImportForm contract={contract} close={close} /> : null}
      {open === 'sign' ? <SignForm contract={contract} close={close} /> : null}
    </>
  );
}
