import { usePhone } from './phone';
import { useSpoken } from './language';
import { fill } from './texts';
import { useWaiting } from './useWaiting';

export function MePage() {
  const { texts, language, choose } = useSpoken();
  const { me, signOut } = usePhone();
  const waiting = useWaiting()?.length ?? 0;
  return (
    <main>
      <h1>{me.name}</h1>
      <p className="soft">{me.tenant.name}</p>
      <section className="card">
        <h2>{texts.me.language}</h2>
        <div className="choices" role="group" aria-label={texts.me.language}>
          {(['zh-CN', 'en'] as const).map((one) => (
            <button key={one} type="button" aria-pressed={language === one} onClick={() => choose(one)}>{one === 'en' ? 'English' : '中文'}</button>
          ))}
        </div>
      </section>
      <p className="soft">{texts.me.install}</p>
      <a className="button" href="/">{texts.me.desk}</a>
      {waiting > 0 ? <p className="soft">{fill(texts.me.outWaiting, { count: waiting })}</p> : null}
      <button type="button" onClick={signOut}>{texts.me.out}</button>
    </main>
  );
}
