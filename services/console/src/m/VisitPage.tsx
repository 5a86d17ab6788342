import { useMemo } from 'react';

import type { components } from '../api/schema';
import { usePhone } from './phone';
import { get } from './api';
import { useTexts } from './language';
import { go } from './route';
import { Shown } from './Shown';
import { useSeen } from './seen';
import { useVisitFields } from './useVisitFields';
import { VisitForm } from './VisitForm';

type Schema = components['schemas'];

/** An opportunity with its customer's name, as the phone keeps it. */
export interface Subject {
  id: string;
  customer_id: string;
  subject: string;
  company: string;
}

const LIMIT = 200;
const ENDED = ['won', 'lost'];
const FOLLOWS = ['opportunity', 'customer'] as const;

async function subjectsOf(owner: string): Promise<Subject[]> {
  const [opportunities, customers] = await Promise.all([
    get<Schema['Page_OpportunityLine']>(`/api/opportunities?owner_id=${owner}&limit=${LIMIT}`),
    get<Schema['Page_CustomerLine']>(`/api/customers?owner_id=${owner}&limit=${LIMIT}`),
  ]);
  const names = new Map(customers.items.map(({ id, company }) => [id, company]));
  // What is still open comes first: most visits are about that.
  return [...opportunities.items]
    .sort((one, other) => Number(ENDED.includes(one.stage)) - Number(ENDED.includes(other.stage)))
    .map(({ id, customer_id, subject }) => ({ id, customer_id, subject, company: names.get(customer_id) ?? '' }));
}

/** Chooses the opportunity, then records the visit. */
export function VisitPage({ opportunity }: { opportunity: string }) {
  const texts = useTexts();
  const { me } = usePhone();
  const load = useMemo(() => () => subjectsOf(me.id), [me.id]);
  const subjects = useSeen('subjects', load, FOLLOWS);
  const custom = useVisitFields();
  const chosen = subjects.data?.find(({ id }) => id === opportunity);
  if (chosen) return <VisitForm subject={chosen} custom={custom.data ?? []} />;
  return (
    <main>
      <h1>{texts.visit.title}</h1>
      <p className="soft">{texts.visit.choose}</p>
      <Shown seen={subjects}>
        {(list) => list.length === 0 ? (
          <div className="empty"><strong>{texts.visit.none}</strong><p>{texts.visit.noneHint}</p></div>
        ) : (
          <ul className="list">
            {list.map((subject) => (
              <li key={subject.id}>
                <button type="button" className="line" onClick={() => go(`/visit/${subject.id}`)}>
                  <span className="grow"><strong>{subject.company || subject.subject}</strong><span className="soft">{subject.subject}</span></span>
                  <span className="does" aria-hidden="true">›</span>
                </button>
              </li>
            ))}
          </ul>
        )}
      </Shown>
    </main>
  );
}
