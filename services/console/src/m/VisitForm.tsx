import { type FormEvent, useState } from 'react';

import type { CustomField } from '../api/customFields';
import type { components } from '../api/schema';
import { now } from '../ui/clock';
import { toLocalInput } from '../ui/localTime';
import { inputsOf, noNumbers } from './custom';
import { FieldInput, Refusal } from './fields';
import { DECISION_ROLES, type Typed, missingOf, visitFieldsOf, visitOf } from './form';
import { useSpoken, useTexts } from './language';
import { usePhone } from './phone';
import { go } from './route';
import { Suggested } from './Suggested';
import { toast } from './toast';
import { useDraft } from './useDraft';
import { useSubmit } from './useSubmit';
import type { Subject } from './VisitPage';
import { VoiceNote } from './VoiceNote';
import type { KeptRecording, Waiting } from './waiting';

type Answer = components['schemas']['VisitAnswer'];

const DAY_MS = 24 * 3_600_000;

/** What a visit lacks, by the names of its fields. */
function lacking(typed: Typed): string[] {
  const filled = (name: string) => String(typed[name] ?? '').trim() !== '';
  const roles = (typed.decision_chain as string[] | undefined) ?? [];
  return [
    ...(roles.length > 0 ? [] : ['decision_chain']),
    ...(filled('note') || typed.recording ? [] : ['note']),
    ...(typed.recording && typed.consent !== true ? ['consent'] : []),
    ...['next_step', 'next_step_at'].filter((name) => !filled(name)),
  ];
}

function startOf(item: Waiting | undefined): Typed {
  const visit = { next_step_at: toLocalInput(new Date(now().getTime() + 2 * DAY_MS)), visited_at: now().toISOString(), decision_chain: [] };
  return item ? { ...item.typed, ...(item.recording ? { recording: item.recording } : {}) } : visit;
}

interface Props {
  subject: Subject;
  /** The organisation's own fields. */
  custom: readonly CustomField[];
  item?: Waiting;
}

/** A visit in five fields: whom, what was said, pain, competitor, next step; then what the organisation asks for. */
export function VisitForm({ subject, custom, item }: Props) {
  const { texts, language } = useSpoken();
  const [start] = useState(() => ({ id: item?.id ?? crypto.randomUUID(), typed: startOf(item) }));
  const { me } = usePhone();
  const name = `visit/${item?.id ?? subject.id}`;
  const drafting = useDraft(name, start);
  const { submit, busy, refused } = useSubmit(drafting);
  const [missing, setMissing] = useState<readonly string[]>([]);
  const [unread, setUnread] = useState<readonly string[]>([]);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const said = refused ?? item;
  const own = inputsOf(custom, texts, language);
  const errorOf = (name: string) => (unread.includes(name) ? texts.custom.notANumber : missing.includes(name) ? texts.required : undefined);
  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (!drafting) return;
    const lacks = [...lacking(drafting.typed), ...missingOf(own, drafting.typed)];
    const wrong = noNumbers(own, drafting.typed);
    setMissing(lacks);
    setUnread(wrong);
    if (lacks.length + wrong.length > 0) return;
    const recording = drafting.typed.recording as KeptRecording | undefined;
    const fate = await submit({ kind: 'visit', concerns: subject.id, title: subject.company || subject.subject, about: subject, custom, ...visitOf(subject, drafting.typed, drafting.id, custom), ...(recording ? { recording } : {}) });
    if (fate === null || fate.is === 'refused') return;
    toast(fate.is === 'sent' ? texts.sent : texts.kept);
    const given = fate.is === 'sent' ? (fate.answer as Answer | null) : null;
    if (given?.suggestions && given.suggestions.talk_tracks.length > 0) setAnswer(given);
    else go(fate.is === 'sent' ? '' : '/waiting');
  };
  if (answer?.suggestions) return <Suggested suggestions={answer.suggestions} />;
  return (
    <main>
      <button type="button" className="plain" onClick={() => go('/visit')}>‹ {texts.back}</button>
      <h1>{texts.visit.title}</h1>
      <p className="soft">{[subject.company, subject.subject].filter(Boolean).join(' · ')}</p>
      {said?.state === 'refused' ? <Refusal item={said} /> : null}
      {drafting ? (
        <form onSubmit={(event) => void send(event)} noValidate>
          {drafting.restored && !item ? <p className="notice" role="status">{texts.visit.restored}</p> : null}
          <Met chosen={(drafting.typed.decision_chain as string[] | undefined) ?? []} missing={missing.includes('decision_chain')} change={(roles) => void drafting.set('decision_chain', roles)} />
          <fieldset>
            <legend>{texts.visit.note}<span className="danger" aria-hidden="true"> *</span></legend>
            <VoiceNote draft={`${me.id}/${name}`} value={drafting.typed.recording as KeptRecording | undefined} consent={drafting.typed.consent === true} missingConsent={missing.includes('consent')} change={(recording) => drafting.set('recording', recording)} agree={(agreed) => void drafting.set('consent', agreed)} />
            <textarea aria-label={texts.visit.note} rows={3} maxLength={2000} placeholder={texts.visit.noteHint} value={String(drafting.typed.note ?? '')} onChange={(event) => void drafting.set('note', event.target.value)} />
            {missing.includes('note') ? <span className="error">{texts.visit.noteHint}</span> : null}
          </fieldset>
          {[...visitFieldsOf(texts), ...own].map((field) => (
            <FieldInput key={field.name} field={field} value={drafting.typed[field.name]} error={errorOf(field.name)} change={(value) => void drafting.set(field.name, value)} />
          ))}
          <button type="submit" className="main" disabled={busy}>{texts.save}</button>
        </form>
      ) : null}
    </main>
  );
}

interface MetProps {
  chosen: readonly string[];
  missing: boolean;
  change: (roles: string[]) => void;
}

function Met({ chosen, missing, change }: MetProps) {
  const texts = useTexts();
  return (
    <fieldset>
      <legend>{texts.visit.met}<span className="danger" aria-hidden="true"> *</span></legend>
      <div className="choices">
        {DECISION_ROLES.map((role) => (
          <button key={role} type="button" aria-pressed={chosen.includes(role)} onClick={() => change(chosen.includes(role) ? chosen.filter((one) => one !== role) : [...chosen, role])}>{texts.visit.role[role]}</button>
        ))}
      </div>
      {missing ? <span className="error">{texts.required}</span> : null}
    </fieldset>
  );
}
