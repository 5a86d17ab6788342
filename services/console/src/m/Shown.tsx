import type { ReactNode } from 'react';

import { useSpoken } from './language';
import { moment } from './moment';
import type { Seen } from './seen';
import { fill } from './texts';

/** Shows what was seen, and says how old it is when there is no network. */
export function Shown<T>({ seen, children }: { seen: Seen<T>; children: (data: T) => ReactNode }) {
  const { texts, language } = useSpoken();
  if (seen.data === undefined) {
    if (!seen.problem) return <p className="soft" role="status">{texts.loading}</p>;
    return (
      <div className="empty" role="alert">
        <strong>{seen.problem.isUnreachable ? texts.signIn.offline : seen.problem.title || texts.failed}</strong>
        <button type="button" onClick={seen.ask}>{texts.retry}</button>
      </div>
    );
  }
  return (
    <>
      {seen.since ? <p className="notice" role="status">{fill(texts.offline, { time: moment(seen.since, language) })}</p> : null}
      {children(seen.data)}
    </>
  );
}
