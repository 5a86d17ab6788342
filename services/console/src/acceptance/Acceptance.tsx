import { useCallback, useEffect, useRef, useState } from 'react';

import { KeyKeeper } from '../api/keys';
import { Problem, asProblem, problemOf } from '../api/problem';
import type { components } from '../api/schema';
import { quantity } from '../ui/quantity';
import { Answers, type Answered } from './Answers';
import { textsFor } from './texts';

type Offer = components['schemas']['Offer'];
type Decision = 'accepted' | 'rejected';

const { texts, language } = textsFor(navigator.languages);

async function ask<T>(token: string, init: RequestInit = {}): Promise<T> {
  const headers = { 'accept-language': language, 'content-type': 'application/json', ...init.headers };
  const reached = await fetch(`/api/acceptances/${encodeURIComponent(token)}`, { ...init, headers }).catch(() => {
    throw new Problem(0, 'unreachable', texts.offline);
  });
  if (!reached.ok) throw await problemOf(reached);
  return (await reached.json()) as T;
}

/** The page behind a customer's link: what was delivered, and one answer. The link is the permission. */
export function Acceptance({ token }: { token: string }) {
  const [offer, setOffer] = useState<Offer | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [decision, setDecision] = useState<Decision | null>(null);
  const keys = useRef(new KeyKeeper());

  const load = useCallback(() => {
    setProblem(null);
    ask<Offer>(token).then(setOffer, (thrown: unknown) => setProblem(asProblem(thrown)));
  }, [token]);
  useEffect(load, [load]);

  const answer = async ({ decision: decided, signer, reason, proof }: Answered) => {
    const content = {
      decision: decided,
      signer,
      reason: reason || null,
      evidence: proof ? [{ kind: 'file', name: 'acceptance_photo', reference: proof.name, sha256: proof.sha256 }] : [],
    };
    await ask(token, { method: 'POST', body: JSON.stringify(content), headers: { 'idempotency-key': keys.current.keyFor(content) } });
    keys.current.decided();
    setDecision(decided);
  };

  if (decision) return <Thanks decision={decision} />;
  if (problem && !offer) return <Refused problem={problem} retry={load} />;
  if (!offer) return <main><p className="soft" role="status">{texts.loading}</p></main>;
  return (
    <main>
      <header>
        <h1>{texts.title}</h1>
        <p className="soft">{texts.hint}</p>
      </header>
      <Facts offer={offer} />
      <section className="card">
        <h2>{texts.lines}</h2>
        <ul>{offer.lines.map((line) => <li key={line.product_code}><span>{language === 'zh-CN' ? line.name_zh : line.name_en}</span><span>{quantity(line, language)}</span></li>)}</ul>
      </section>
      {offer.evidence.length > 0 ? (
        <section className="card">
          <h2>{texts.shown}</h2>
          <ul>{offer.evidence.map((one) => <li key={one.reference}><span>{one.reference}</span></li>)}</ul>
        </section>
      ) : null}
      <Answers texts={texts} answer={answer} />
    </main>
  );
}

function date(iso: string | null | undefined): string {
  return iso ? new Intl.DateTimeFormat(language, { dateStyle: 'medium' }).format(new Date(iso)) : '—';
}

function Facts({ offer }: { offer: Offer }) {
  return (
    <section className="card">
      <h2>{offer.company}</h2>
      <dl>
        <dt>{texts.contract}</dt><dd>{offer.contract_number}</dd>
        <dt>{texts.promised}</dt><dd>{date(offer.promised_at)}</dd>
        <dt>{texts.scheduled}</dt><dd>{date(offer.scheduled_at)}</dd>
        <dt>{texts.until}</dt><dd>{date(offer.expires_at)}</dd>
      </dl>
    </section>
  );
}

function Thanks({ decision }: { decision: Decision }) {
  const accepted = decision === 'accepted';
  return (
    <main role="status">
      <div className="mark" aria-hidden="true">{accepted ? '✓' : '✉'}</div>
      <h1>{accepted ? texts.done : texts.refused}</h1>
      <p className="soft">{accepted ? texts.doneHint : texts.refusedHint}</p>
    </main>
  );
}

function Refused({ problem, retry }: { problem: Problem; retry: () => void }) {
  return (
    <main role="alert">
      <h1>{problem.title || texts.offline}</h1>
      {problem.isPassing ? <button type="button" onClick={retry}>{texts.retry}</button> : null}
    </main>
  );
}
