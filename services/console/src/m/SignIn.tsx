import { type FormEvent, useEffect, useState } from 'react';

import { type Problem, asProblem } from '../api/problem';
import type { components } from '../api/schema';
import { get, post } from './api';
import { useSpoken } from './language';

type Options = components['schemas']['SignInOptions'];

const REMEMBERED = 'sluice.tenant';

export function SignIn({ done }: { done: () => void }) {
  const { texts, language, choose } = useSpoken();
  const [options, setOptions] = useState<Options>();
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => void get<Options>('/api/session/options').then(setOptions, () => undefined), []);
  const start = new URLSearchParams(window.location.search).get('tenant') ?? localStorage.getItem(REMEMBERED) ?? '';
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = Object.fromEntries(new FormData(event.currentTarget)) as Record<string, string>;
    setBusy(true);
    setProblem(null);
    try {
      await post('/api/session', typed);
      localStorage.setItem(REMEMBERED, typed.tenant ?? '');
      done();
    } catch (thrown) {
      setProblem(asProblem(thrown));
      setBusy(false);
    }
  };
  return (
    <main className="sign-in">
      <img src="/icon.svg" width="48" height="48" alt="" />
      <h1>{texts.signIn.title}</h1>
      {problem ? <p className="error" role="alert">{problem.isUnreachable ? texts.signIn.offline : problem.title}</p> : null}
      {options?.directory === false ? null : (
        <form onSubmit={(event) => void submit(event)}>
          <label>{texts.signIn.tenant}<input name="tenant" defaultValue={start} required autoComplete="organization" autoCapitalize="none" /></label>
          <label>{texts.signIn.login}<input name="login" required autoComplete="username" autoCapitalize="none" /></label>
          <label>{texts.signIn.password}<input name="password" type="password" required autoComplete="current-password" /></label>
          <button type="submit" className="main" disabled={busy}>{texts.signIn.submit}</button>
        </form>
      )}
      {options?.providers.map((provider) => <a key={provider.name} className="button" href={provider.start}>{texts.signIn.with.replace('{{provider}}', provider.label)}</a>)}
      <button type="button" className="plain" onClick={() => choose(language === 'en' ? 'zh-CN' : 'en')}>{language === 'en' ? '中文' : 'English'}</button>
    </main>
  );
}
