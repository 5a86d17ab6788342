import { type FormEvent, useState } from 'react';

import { type Problem, asProblem } from '../api/problem';
import type { AcceptanceTexts } from './texts';

export interface Answered {
  decision: 'accepted' | 'rejected';
  signer: string;
  reason: string;
  proof: { name: string; sha256: string } | null;
}

interface Props {
  texts: AcceptanceTexts;
  answer: (answered: Answered) => Promise<void>;
}

async function fingerprint(file: File): Promise<{ name: string; sha256: string }> {
  const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
  const sha256 = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return { name: file.name, sha256 };
}

/** The customer's answer: yes with a name, or no with the reason. */
export function Answers({ texts, answer }: Props) {
  const [rejecting, setRejecting] = useState(false);
  const [signer, setSigner] = useState('');
  const [reason, setReason] = useState('');
  const [file, setFile] = useState<File | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  const send = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    try {
      const proof = file ? await fingerprint(file) : null;
      await answer({ decision: rejecting ? 'rejected' : 'accepted', signer: signer.trim(), reason: reason.trim(), proof });
    } catch (thrown) {
      setProblem(asProblem(thrown));
      setBusy(false);
    }
  };

  return (
    <form className="card" onSubmit={(event) => void send(event)}>
      <div className="field">
        <label htmlFor="signer">{texts.signer}</label>
        <input id="signer" required maxLength={100} autoComplete="name" value={signer} onChange={(event) => setSigner(event.target.value)} />
      </div>
      <div className="field">
        <label htmlFor="proof">{texts.yourProof}</label>
        <input id="proof" type="file" accept="image/*,video/*,.pdf" onChange={(event) => setFile(event.target.files?.[0] ?? null)} />
        <p className="soft">{texts.proofHint}</p>
      </div>
      {rejecting ? (
        <div className="field">
          <label htmlFor="reason">{texts.why}</label>
          <textarea id="reason" required rows={3} maxLength={1000} value={reason} onChange={(event) => setReason(event.target.value)} />
        </div>
      ) : null}
      {problem ? (
        <div className="field error" role="alert">
          <p>{problem.title || texts.offline}</p>
          {problem.fields.map((field) => <p key={field.field}>{field.reason} {field.remedy ?? ''}</p>)}
        </div>
      ) : null}
      <div className="field buttons">
        {rejecting ? (
          <>
            <button className="danger" disabled={busy}>{busy ? texts.sending : texts.sendReject}</button>
            <button type="button" onClick={() => setRejecting(false)}>{texts.back}</button>
          </>
        ) : (
          <>
            <button className="main" disabled={busy}>{busy ? texts.sending : texts.accept}</button>
            <button type="button" onClick={() => setRejecting(true)}>{texts.reject}</button>
          </>
        )}
      </div>
    </form>
  );
}
