import { useQueryClient } from '@tanstack/react-query';
import { Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';

import { api, body, seen } from '../../api/client';
import { Conflict } from '../../ui/Conflict';
import type { Difference } from '../../ui/ConflictDialog';
import { FormDialog } from '../../ui/FormDialog';
import { useConflict } from '../../ui/useConflict';
import { type Contract, type ContractClause, NO_CHANGE, contractQuery } from './query';

interface Typed {
  title: string;
  body: string;
}

interface Props {
  contract: Contract;
  clause: ContractClause;
  close: () => void;
}

/** Adapts a business clause to the deal; those who approve see that it differs from the library. */
export function ClauseTextForm({ contract, clause, close }: Props) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { version, conflict, onRefused } = useConflict<Typed, Contract>(contract.version, close);
  const differences = (mine: Typed, newest: Contract): Difference[] => {
    const theirs = newest.clauses.find(({ code }) => code === clause.code);
    return [
      { field: t('clauses.clauseTitle'), mine: mine.title, theirs: theirs?.title ?? '' },
      { field: t('clauses.body'), mine: mine.body, theirs: theirs?.body ?? '' },
    ];
  };
  const required = [{ required: true, message: t('form.required') }];
  return (
    <>
      <FormDialog<Typed, Contract>
        open
        close={close}
        width={720}
        title={t('contracts.editClause', { title: clause.title })}
        fields={['title', 'body']}
        initial={{ title: clause.title, body: clause.body }}
        refreshes={[['contracts']]}
        send={(typed, key) =>
          body(api.PATCH('/api/contracts/{id}', { params: { path: { id: contract.id } }, headers: seen(version, key), body: { ...NO_CHANGE, clauses: [{ code: clause.code, ...typed }] } }))
        }
        onRefused={onRefused(() => client.fetchQuery({ ...contractQuery(contract.id), staleTime: 0 }))}
      >
        <p className="soft">{t('contracts.editHint')}</p>
        <Form.Item name="title" label={t('clauses.clauseTitle')} rules={required}><Input maxLength={200} /></Form.Item>
        <Form.Item name="body" label={t('clauses.body')} rules={required}><Input.TextArea autoSize={{ minRows: 5, maxRows: 18 }} maxLength={20_000} /></Form.Item>
      </FormDialog>
      <Conflict of={conflict} fields={differences} />
    </>
  );
}
