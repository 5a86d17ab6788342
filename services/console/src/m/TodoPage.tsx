import { useEffect, useState } from 'react';

import { keyOf } from '../screens/home/todo';
import { store, usePhone } from './phone';
import { useTexts } from './language';
import { go } from './route';
import { TodoForm } from './TodoForm';
import { type PhoneTodo, todosOf } from './todosOf';

/** The form of one to-do, by its key; also without a network, from what was seen last. */
export function TodoPage({ which }: { which: string }) {
  const texts = useTexts();
  const { me } = usePhone();
  const [todo, setTodo] = useState<PhoneTodo | null>();
  const key = decodeURIComponent(which);
  useEffect(() => {
    const find = (list: readonly PhoneTodo[] | undefined) => list?.find((one) => keyOf(one) === key);
    const look = async () => {
      const kept = find((await store.get<{ data: PhoneTodo[] }>('seen', `${me.id}/todos`))?.data);
      setTodo(kept ?? find(await todosOf(me).catch(() => [])) ?? null);
    };
    void look();
  }, [key, me]);
  if (todo) return <TodoForm todo={todo} />;
  return (
    <main>
      <button type="button" className="plain" onClick={() => go('')}>‹ {texts.back}</button>
      <p className="soft" role="status">{todo === null ? texts.todos.none : texts.loading}</p>
    </main>
  );
}
