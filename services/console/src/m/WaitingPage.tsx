import { usePhone } from './phone';
import { Refusal } from './fields';
import { useSpoken } from './language';
import { moment } from './moment';
import { go } from './route';
import { TodoForm } from './TodoForm';
import type { PhoneTodo } from './todosOf';
import { useVisitFields } from './useVisitFields';
import { useWaiting } from './useWaiting';
import { VisitForm } from './VisitForm';
import type { Subject } from './VisitPage';
import type { Waiting } from './waiting';

/** What waits to be sent, each with its state; what was refused is edited here. */
export function WaitingPage({ edit }: { edit: string }) {
  const { texts } = useSpoken();
  const { outbox } = usePhone();
  const items = useWaiting();
  const custom = useVisitFields();
  const editing = items?.find(({ id, state }) => id === edit && state === 'refused');
  if (editing) {
    return editing.kind === 'visit' ? <VisitForm subject={editing.about as Subject} custom={custom.data ?? []} item={editing} /> : <TodoForm todo={editing.about as PhoneTodo} item={editing} />;
  }
  return (
    <main>
      <h1>{texts.waiting.title}</h1>
      {items && items.length === 0 ? <div className="empty"><strong>{texts.waiting.none}</strong><p>{texts.waiting.noneHint}</p></div> : null}
      {items && items.length > 0 ? (
        <>
          <ul className="list">{items.map((item) => <Line key={item.id} item={item} />)}</ul>
          {items.some(({ state }) => state === 'waiting') ? <button type="button" onClick={() => void outbox.flush().catch(() => undefined)}>{texts.waiting.now}</button> : null}
        </>
      ) : null}
    </main>
  );
}

function Line({ item }: { item: Waiting }) {
  const { texts, language } = useSpoken();
  const { outbox } = usePhone();
  const why = item.reason === 'unauthenticated' ? texts.waiting.reason.unauthenticated : texts.waiting.reason.other;
  const discard = () => {
    if (window.confirm(texts.waiting.discardSure)) void outbox.discard(item.id);
  };
  return (
    <li className="waits">
      <div className="row">
        <span className={item.state === 'refused' ? 'tag red' : item.state === 'sending' ? 'tag blue' : 'tag amber'}>{texts.waiting.state[item.state]}</span>
        <span className="soft">{moment(item.made_at, language)}</span>
      </div>
      <strong>{texts.waiting.kind[item.kind]} · {item.title}</strong>
      {item.recording ? <span className="soft">{texts.waiting.withRecording}</span> : null}
      {item.state === 'refused' ? <Refusal item={item} /> : item.state === 'waiting' && item.reason ? <span className="soft">{why}</span> : null}
      <div className="row">
        {item.state === 'refused' ? <button type="button" onClick={() => go(`/waiting/${item.id}`)}>{texts.waiting.edit}</button> : null}
        {item.state === 'sending' ? null : <button type="button" className="plain danger" onClick={discard}>{texts.waiting.discard}</button>}
      </div>
    </li>
  );
}
