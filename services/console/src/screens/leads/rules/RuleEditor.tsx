import { useQueryClient } from '@tanstack/react-query';
import { App, Button, Checkbox, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';

import { useWrite } from '../../../api/useWrite';
import { Conflict } from '../../../ui/Conflict';
import { Panel } from '../../../ui/Page';
import { useConflict } from '../../../ui/useConflict';
import { DryRunPanel } from './DryRunPanel';
import { Mistakes } from './Mistakes';
import { SentenceEditor } from './SentenceEditor';
import { WrittenField } from './WrittenField';
import { type Draft, type Part, draftOf, emptyDraft } from './draft';
import { type Mistake, blanks, mistakesOf } from './mistakes';
import { type Rule, addRule, changeRule, ruleQuery, rulesQuery } from './query';
import { plain } from './sentence';
import { useNames } from './useNames';

interface Props {
  /** None for a new one. */
  rule: Rule | null;
  start?: Draft;
}

/** Writes a rule as a sentence. What is typed stays whatever the server says. */
export function RuleEditor({ rule, start = emptyDraft(0) }: Props) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const names = useNames();
  const [draft, setDraft] = useState<Draft>(() => (rule ? draftOf(rule) : start));
  const [open, setOpen] = useState<Part | null>(null);
  const [unread, setUnread] = useState(false);
  const [unfilled, setUnfilled] = useState<Mistake[]>([]);
  const leave = () => void navigate('/leads/rules');
  const { version, conflict, onRefused } = useConflict<Draft, Rule>(rule?.version ?? 0, leave);
  const save = useWrite({
    send: (typed: Draft, key) => (rule ? changeRule(rule.id, version, typed, key) : addRule(typed, key)),
    refreshes: [rulesQuery.queryKey],
    onDone: ({ name }) => {
      void message.success(t('rules.saved', { name }));
      leave();
    },
  });
  const mistakes = unfilled.length > 0 ? unfilled : mistakesOf(save.error?.fields ?? []);
  const edit = (next: Draft) => {
    setDraft(next);
    setUnfilled([]);
  };
  const leaveUnread = (left: boolean) => {
    setUnread(left);
    setUnfilled([]);
  };
  const send = () => {
    const missing = [...blanks(draft, t), ...(unread ? [{ part: null, reason: t('rules.written.unread') }] : [])];
    setUnfilled(missing);
    if (missing.length > 0) return;
    save.mutate(draft, {
      onError: (problem) => {
        if (rule && onRefused(() => client.fetchQuery({ ...ruleQuery(rule.id), staleTime: 0 }))(problem, draft)) save.reset();
      },
    });
  };
  const nameWrong = mistakes.find(({ part }) => part === 'name');
  return (
    <div className="editor-columns">
      <Panel title={t('rules.sentence')} extra={<span className="soft">{t('rules.sentenceHint')}</span>}>
        <div className="stack">
          <WrittenField take={(read) => edit({ ...draft, condition: read.condition, action: read.action, name: draft.name || read.name })} leave={leaveUnread} />
          <label className="stack tight">
            <span>{t('rules.name')}</span>
            <Input value={draft.name} maxLength={100} onChange={(event) => edit({ ...draft, name: event.target.value })} {...(nameWrong ? { status: 'error' as const, 'aria-invalid': true } : {})} />
          </label>
          <Mistakes of={mistakes} problem={save.error} open={setOpen} />
          <SentenceEditor draft={draft} edit={edit} open={open} setOpen={setOpen} mistakes={mistakes} names={names} />
          <Checkbox checked={draft.enabled} onChange={(event) => edit({ ...draft, enabled: event.target.checked })}>{t('rules.enabled')}</Checkbox>
          <div className="row">
            <Button type="primary" loading={save.isPending} onClick={send}>{t('form.save')}</Button>
            <Button onClick={leave}>{t('form.cancel')}</Button>
          </div>
        </div>
      </Panel>
      <DryRunPanel id={rule?.id ?? null} draft={draft} ready={() => blanks({ ...draft, name: '-' }, t).length === 0} />
      <Conflict
        of={conflict}
        fields={(mine, theirs) => [
          { field: t('rules.name'), mine: mine.name, theirs: theirs.name },
          { field: t('rules.sentence'), mine: plain(mine, t, names), theirs: plain(theirs, t, names) },
          { field: t('rules.enabled'), mine: t(mine.enabled ? 'rules.on' : 'rules.off'), theirs: t(theirs.enabled ? 'rules.on' : 'rules.off') },
        ]}
      />
    </div>
  );
}
