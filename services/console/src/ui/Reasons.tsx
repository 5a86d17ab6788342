import { type Bilingual, bilingual } from './bilingual';

/** What a service gives as its reasons, one below the other. */
export function Reasons({ of }: { of: readonly Bilingual[] }) {
  return <ul className="reasons">{of.map((reason) => <li key={reason.zh}>{bilingual(reason)}</li>)}</ul>;
}
