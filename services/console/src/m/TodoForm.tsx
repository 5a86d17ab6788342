import { type FormEvent, useState } from 'react';

import { nextNode } from '../screens/collections/journey';
import { keyOf } from '../screens/home/todo';
import { marks } from '../i18n/punctuation';
import { FieldInput, Refusal } from './fields';
import { fieldsOf, missingOf, startOf, writeOf } from './form';
import { useSpoken } from './language';
import { amount } from './moment';
import { go } from './route';
import { toast } from './toast';
import { titleOf } from './Todos';
import type { PhoneTodo, Subject } from './todosOf';
import { useDraft } from './useDraft';
import { useSubmit } from './useSubmit';
import type { Waiting } from './waiting';

/** Does a to-do in place. */
export function TodoForm({ todo, item }: { todo: PhoneTodo; item?: Waiting }) {
  const spoken = useSpoken();
  const { texts } = spoken;
  const concerns = keyOf(todo);
  const [start] = useState(() => ({ id: item?.id ?? crypto.randomUUID(), typed: item?.typed ?? startOf(todo) }));
  const drafting = useDraft(`${todo.kind}/${concerns}`, start);
  const { submit, busy, refused } = useSubmit(drafting);
  const fields = fieldsOf(todo, texts, drafting?.typed);
  const [missing, setMissing] = useState<readonly string[]>([]);
  const said = refused ?? item;
  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (!drafting) return;
    const lacks = missingOf(fields, drafting.typed);
    setMissing(lacks);
    if (lacks.length > 0) return;
    const fate = await submit({ kind: todo.kind, concerns, title: titleOf(todo, spoken), about: todo, ...writeOf(todo, drafting.typed) });
    if (fate === null || fate.is === 'refused') return;
    toast(fate.is === 'sent' ? texts.sent : texts.kept);
    go('');
  };
  return (
    <main>
      <button type="button" className="plain" onClick={() => go('')}>‹ {texts.back}</button>
      <h1>{texts.todos.kind[todo.kind]}</h1>
      <p className="soft">{titleOf(todo, spoken)}</p>
      {todo.kind === 'approval' && todo.subject ? <About subject={todo.subject} /> : null}
      {todo.kind === 'approval' ? <ul>{todo.about.reasons.map((reason) => <li key={reason.zh}>{spoken.language === 'en' ? reason.en : reason.zh}</li>)}</ul> : null}
      {todo.kind === 'receivable' ? <NextNode node={todo.about.node} /> : null}
      {said?.state === 'refused' ? <Refusal item={said} /> : null}
      {drafting && fields.length > 0 ? (
        <form onSubmit={(event) => void send(event)} noValidate>
          {drafting.restored && !item ? <p className="notice" role="status">{texts.visit.restored}</p> : null}
          {fields.map((field) => (
            <FieldInput key={field.name} field={field} value={drafting.typed[field.name]} error={missing.includes(field.name) ? texts.required : undefined} change={(value) => void drafting.set(field.name, value)} />
          ))}
          <button type="submit" className="main" disabled={busy}>{texts.save}</button>
        </form>
      ) : null}
    </main>
  );
}

/** Whose it is and how much it comes to: nobody decides on a number alone. */
function About({ subject }: { subject: Subject }) {
  const { texts, language } = useSpoken();
  return (
    <dl className="about">
      <dt>{texts.approval.company}</dt>
      <dd>{subject.company}</dd>
      <dt>{texts.approval.total}</dt>
      <dd>{amount(subject.total, language)}</dd>
    </dl>
  );
}

function NextNode({ node }: { node: number }) {
  const { texts, language } = useSpoken();
  const to = nextNode(node);
  return <p>{to === null ? texts.receivable.bankOnly : `${texts.receivable.to}${marks(language).colon}${texts.receivable.node[to]}`}</p>;
}
