import { Alert, Button, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useMe } from '../../app/session';
import { asProblem } from '../../api/problem';
import { now } from '../../ui/clock';
import { PageHead, Panel } from '../../ui/Page';
import { Empty, Loading, say } from '../../ui/States';
import { Inbox } from './Inbox';
import { TodoRow } from './TodoRow';
import { type TodoKind, keyOf, urgencyOf } from './todo';
import { useTodos } from './useTodos';

type Wanted = TodoKind | 'all';

export function Home() {
  const { t } = useTranslation();
  const me = useMe();
  const { todos, isPending, failed, refetch } = useTodos(me);
  const [wanted, setWanted] = useState<Wanted>('all');
  const kinds = [...new Set(todos.map((todo) => todo.kind))];
  const shown = wanted === 'all' || !kinds.includes(wanted) ? todos : todos.filter((todo) => todo.kind === wanted);
  const over = todos.filter((todo) => urgencyOf(todo, now()) === 'over').length;
  return (
    <>
      <PageHead title={t('home.title', { name: me.name })} hint={t('home.hint', { count: todos.length, over })} />
      {failed ? (
        <Alert
          type="warning"
          showIcon
          style={{ marginBottom: 14 }}
          title={t('home.partly')}
          description={say(asProblem(failed), t('state.failedHint'))}
          action={<Button size="small" onClick={refetch}>{t('state.retry')}</Button>}
        />
      ) : null}
      <div className="columns">
        <Panel
          flush
          title={t('home.todos')}
          extra={
            kinds.length > 1 ? (
              <Segmented<Wanted>
                size="small"
                aria-label={t('home.filter')}
                value={wanted}
                onChange={setWanted}
                options={[{ value: 'all' as Wanted, label: t('home.all') }, ...kinds.map((kind) => ({ value: kind as Wanted, label: t(`home.kind.${kind}`) }))]}
              />
            ) : null
          }
        >
          {shown.length > 0 ? (
            <div role="list">{shown.map((todo) => <TodoRow key={keyOf(todo)} todo={todo} />)}</div>
          ) : isPending ? (
            <Loading rows={6} />
          ) : (
            <Empty title={t('home.nothing')} hint={t('home.nothingHint')} />
          )}
        </Panel>
        <Inbox />
      </div>
    </>
  );
}
