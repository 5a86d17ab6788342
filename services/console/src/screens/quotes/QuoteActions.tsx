import { useInfiniteQuery } from '@tanstack/react-query';
import { Alert, App, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { api, body, once } from '../../api/client';
import { useWrite } from '../../api/useWrite';
import { hasRole, useMe } from '../../app/session';
import { PaperDialog } from '../../ui/PaperDialog';
import { say } from '../../ui/States';
import { NewContractForm } from '../contracts/NewContractForm';
import { contractsQuery } from '../contracts/query';
import { ReviseForm } from './ReviseForm';
import { type Quote, type QuoteStatus, quotePaper } from './query';

/** What the owner and their managers may do with a quote as it stands. */
export const MOVES: Record<QuoteStatus, readonly ('change' | 'revise' | 'submit' | 'send' | 'contract')[]> = {
  draft: ['change', 'submit'],
  pending_approval: [],
  approved: ['revise', 'send', 'contract'],
  sent: ['revise', 'contract'],
  rejected: ['revise'],
  superseded: ['revise'],
  expired: ['revise'],
  contracted: [],
};

const REFRESHES = [['quotes'], ['approvals'], ['opportunities']];

export function QuoteActions({ quote }: { quote: Quote }) {
  const { t } = useTranslation();
  const me = useMe();
  const { modal } = App.useApp();
  const [open, setOpen] = useState<'paper' | 'revise' | 'contract' | null>(null);
  const params = { path: { id: quote.id } };
  const submit = useWrite({ send: (_: null, key) => body(api.POST('/api/quotes/{id}/submit', { params, headers: once(key) })), refreshes: REFRESHES });
  const send = useWrite({ send: (_: null, key) => body(api.POST('/api/quotes/{id}/send', { params, headers: once(key) })), refreshes: REFRESHES });
  const may = quote.owner_id === me.id || hasRole(me, ['sales_manager', 'sales_director']);
  const moves = may ? MOVES[quote.status] : [];
  const has = (move: (typeof moves)[number]) => moves.includes(move);
  const askSend = () => modal.confirm({ title: t('quotes.sendAsk', { number: quote.number }), content: t('quotes.sendHint'), okText: t('quotes.send'), cancelText: t('form.cancel'), onOk: () => send.mutate(null) });
  const refused = submit.error ?? send.error;
  return (
    <>
      <Button onClick={() => setOpen('paper')}>{t('paper.show')}</Button>
      {quote.status === 'contracted' ? <ContractLink quote={quote.id} /> : null}
      {has('change') || has('revise') ? <Button onClick={() => setOpen('revise')}>{t(has('change') ? 'form.edit' : 'quotes.revise')}</Button> : null}
      {has('submit') ? <Button type="primary" loading={submit.isPending} onClick={() => submit.mutate(null)}>{t('quotes.submit')}</Button> : null}
      {has('send') ? <Button type={has('contract') ? 'default' : 'primary'} loading={send.isPending} onClick={askSend}>{t('quotes.send')}</Button> : null}
      {has('contract') ? <Button type="primary" onClick={() => setOpen('contract')}>{t('contracts.new')}</Button> : null}
      {refused ? <Alert type="error" showIcon closable title={say(refused, t('state.failedHint'))} description={refused.fields.length > 0 ? <ul className="reasons">{refused.fields.map((field) => <li key={`${field.field}${field.code}`}>{field.reason}</li>)}</ul> : undefined} /> : null}
      {open === 'paper' ? <PaperDialog title={quote.number} href={quotePaper(quote.id, quote.revision)} close={() => setOpen(null)} /> : null}
      {open === 'revise' ? <ReviseForm quote={quote} close={() => setOpen(null)} /> : null}
      {open === 'contract' ? <NewContractForm quote={quote} close={() => setOpen(null)} /> : null}
    </>
  );
}

/** The contract that was made from a quote. */
function ContractLink({ quote }: { quote: string }) {
  const contracts = useInfiniteQuery(contractsQuery({ quote_id: quote }));
  const contract = contracts.data?.pages[0]?.items[0];
  return contract ? <Link to={`/contracts/${contract.id}`}><Button>{contract.number}</Button></Link> : null;
}
