import type { ReactNode } from 'react';

import { useTexts } from './language';
import { go, useRoute } from './route';
import { useWaiting } from './useWaiting';

const ICONS: Record<'todos' | 'visit' | 'waiting' | 'me', ReactNode> = {
  todos: <path d="M4 6l2 2 3-3M4 13l2 2 3-3M4 20l2 2 3-3M12 7h9M12 14h9M12 21h9" />,
  visit: <path d="M12 3a3 3 0 0 1 3 3v6a3 3 0 0 1-6 0V6a3 3 0 0 1 3-3M6 12a6 6 0 0 0 12 0M12 18v3M8 21h8" />,
  waiting: <path d="M3 14l3-9h12l3 9v6H3zM3 14h6l1 3h4l1-3h6" />,
  me: <path d="M12 4a4 4 0 1 0 0 8a4 4 0 0 0 0-8M4 21a8 8 0 0 1 16 0" />,
};

/** The four places of the phone. */
export function Tabs() {
  const texts = useTexts();
  const [screen = 'todos'] = useRoute();
  const waiting = useWaiting()?.length ?? 0;
  const current = screen === 'todo' ? 'todos' : screen;
  return (
    <nav className="tabs">
      {(['todos', 'visit', 'waiting', 'me'] as const).map((name) => (
        <button key={name} type="button" aria-current={current === name ? 'page' : undefined} onClick={() => go(name === 'todos' ? '' : `/${name}`)}>
          <svg viewBox="0 0 24 24" aria-hidden="true">{ICONS[name]}</svg>
          <span>{texts.tab[name]}</span>
          {name === 'waiting' && waiting > 0 ? <b className="badge">{waiting}</b> : null}
        </button>
      ))}
    </nav>
  );
}
