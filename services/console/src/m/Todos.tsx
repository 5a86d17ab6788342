import { dueOf, keyOf, urgencyOf } from '../screens/home/todo';
import { now } from '../ui/clock';
import { usePhone } from './phone';
import { useSpoken } from './language';
import { amount, moment } from './moment';
import { go } from './route';
import { Shown } from './Shown';
import { useSeen } from './seen';
import { fill } from './texts';
import { FOLLOWS, type PhoneTodo, todosOf } from './todosOf';
import { useWaiting } from './useWaiting';

/** What waits for the person; one tap opens the form that does it. */
export function Todos() {
  const { texts } = useSpoken();
  const { me } = usePhone();
  const todos = useSeen('todos', () => todosOf(me), FOLLOWS);
  const queued = new Set(useWaiting()?.map((item) => item.concerns));
  return (
    <main>
      <h1>{texts.todos.title}</h1>
      <Shown seen={todos}>
        {(list) => list.length === 0 ? (
          <div className="empty"><strong>{texts.todos.none}</strong><p>{texts.todos.noneHint}</p></div>
        ) : (
          <ul className="list">{list.map((todo) => <Line key={keyOf(todo)} todo={todo} queued={queued.has(keyOf(todo))} />)}</ul>
        )}
      </Shown>
    </main>
  );
}

/** What a to-do is about, in a line. */
export function titleOf(todo: PhoneTodo, spoken: ReturnType<typeof useSpoken>): string {
  switch (todo.kind) {
    case 'action':
      return `${spoken.texts.action.kind[todo.about.kind]} · ${todo.about.purpose}`;
    case 'approval':
      return fill(spoken.texts.approval.of[todo.about.subject_kind === 'contract' ? 'contract' : 'quote'], { number: todo.about.subject_number });
    case 'receivable':
      return spoken.language === 'en' ? todo.about.sentence.en : todo.about.sentence.zh;
    default:
      return (todo.about as { company: string }).company;
  }
}

function Line({ todo, queued }: { todo: PhoneTodo; queued: boolean }) {
  const spoken = useSpoken();
  const { texts, language } = spoken;
  const due = dueOf(todo);
  const over = urgencyOf(todo, now()) === 'over';
  return (
    <li>
      <button type="button" className="line" disabled={queued} onClick={() => go(`/todo/${encodeURIComponent(keyOf(todo))}`)}>
        <span className="grow">
          <span className="row"><span className={over ? 'tag red' : 'tag'}>{texts.todos.kind[todo.kind]}</span>{over ? <span className="danger">{texts.todos.over}</span> : due ? <span className="soft">{fill(texts.todos.due, { time: moment(due, language) })}</span> : null}</span>
          <strong>{titleOf(todo, spoken)}</strong>
          {todo.kind === 'approval' && todo.subject ? <span className="soft">{todo.subject.company} · {amount(todo.subject.total, language)}</span> : null}
        </span>
        <span className="does">{queued ? texts.todos.queued : texts.todos.do[todo.kind]}</span>
      </button>
    </li>
  );
}
