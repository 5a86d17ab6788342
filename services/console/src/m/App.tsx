import { useCallback, useEffect, useMemo, useState } from 'react';

import { type Problem, asProblem } from '../api/problem';
import { setServerTime } from '../ui/clock';
import { type Me, PhoneContext, store } from './phone';
import { get, onSignedOut, send } from './api';
import { useTexts } from './language';
import { MePage } from './MePage';
import { type Alone, Outbox } from './outbox';
import { useRoute } from './route';
import { SignIn } from './SignIn';
import { Tabs } from './Tabs';
import { TodoPage } from './TodoPage';
import { Todos } from './Todos';
import { stopFollowing } from './updates';
import { useFlushing } from './useFlushing';
import { VisitPage } from './VisitPage';
import { WaitingPage } from './WaitingPage';

const SESSION = 'session';

/** One tab sends at a time; where browsers have no locks, keys keep a write from being done twice. */
const alone: Alone = (does) => (navigator.locks ? (navigator.locks.request('sluice-outbox', does) as ReturnType<typeof does>) : does());

export function App() {
  const texts = useTexts();
  const [me, setMe] = useState<Me | null | undefined>(undefined);
  const [problem, setProblem] = useState<Problem | null>(null);
  const enter = useCallback(() => {
    setProblem(null);
    // Demonstrations move their clock; elsewhere there is none to ask. It is known before anything is called overdue.
    const clock = get<{ now: string }>('/api/demo/clock').then(({ now }) => setServerTime(now), () => undefined);
    Promise.all([get<Me>('/api/session'), clock]).then(
      ([found]) => {
        void store.put('seen', SESSION, found);
        setMe(found);
      },
      async (thrown: unknown) => {
        const why = asProblem(thrown);
        // Without a network the last one who was signed in goes on; the server checks everything that is sent later.
        const known = why.status === 401 ? undefined : await store.get<Me>('seen', SESSION);
        if (known) setMe(known);
        else if (why.status === 401) setMe(null);
        else setProblem(why);
      },
    );
  }, []);
  useEffect(enter, [enter]);
  useEffect(() => onSignedOut(() => setMe(null)), []);
  if (me) return <Inside key={me.id} me={me} left={() => setMe(null)} />;
  if (me === null) return <SignIn done={enter} />;
  if (problem) return <main className="middle"><p role="alert">{texts.signIn.offline}</p><button type="button" className="main" onClick={enter}>{texts.retry}</button></main>;
  return <main className="middle" role="status"><p className="soft">{texts.loading}</p></main>;
}

function Inside({ me, left }: { me: Me; left: () => void }) {
  const outbox = useMemo(() => new Outbox(store, send, me.id, alone), [me.id]);
  const signOut = useCallback(() => {
    const leave = async () => {
      await send(new Request('/api/session', { method: 'DELETE' })).catch(() => undefined);
      stopFollowing();
      // What was seen belongs to the session; what waits to be sent stays.
      await store.clear('seen');
      left();
    };
    void leave();
  }, [left]);
  const phone = useMemo(() => ({ me, outbox, signOut }), [me, outbox, signOut]);
  useFlushing(outbox);
  return (
    <PhoneContext value={phone}>
      <Screen />
      <Tabs />
    </PhoneContext>
  );
}

function Screen() {
  const [screen, id = ''] = useRoute();
  switch (screen) {
    case 'todo':
      return <TodoPage key={id} which={id} />;
    case 'visit':
      return <VisitPage key={id} opportunity={id} />;
    case 'waiting':
      return <WaitingPage edit={id} />;
    case 'me':
      return <MePage />;
    default:
      return <Todos />;
  }
}
