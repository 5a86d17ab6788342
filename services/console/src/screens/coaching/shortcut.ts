import { useEffect, useRef } from 'react';

/** What one key does on the review page. */
export type Shortcut =
  | { does: 'play' | 'back' | 'forward' | 'decide' | 'next' | 'comment' | 'help' }
  | { does: 'score'; percent: number };

/** Where the key was pressed. */
export interface Pressed {
  key: string;
  /** In something that takes text or has its own arrows. */
  typing: boolean;
  /** On something that the key presses. */
  onButton: boolean;
  onSentence: boolean;
}

const STEP_PERCENT = 20;

const PLAIN: Record<string, Shortcut> = {
  ArrowLeft: { does: 'back' },
  ArrowUp: { does: 'back' },
  ArrowRight: { does: 'forward' },
  ArrowDown: { does: 'forward' },
  n: { does: 'next' },
  c: { does: 'comment' },
  '?': { does: 'help' },
};

/** The shortcut of a key; none where the key has a meaning of its own. */
export function shortcutOf({ key, typing, onButton, onSentence }: Pressed): Shortcut | null {
  if (typing) return null;
  if (key === ' ') return onButton && !onSentence ? null : { does: 'play' };
  if (key === 'Enter') return onButton ? null : { does: 'decide' };
  if (/^[1-5]$/.test(key)) return { does: 'score', percent: Number(key) * STEP_PERCENT };
  return PLAIN[key.length === 1 ? key.toLowerCase() : key] ?? null;
}

function pressedOf(event: KeyboardEvent): Pressed {
  const at = event.target instanceof Element ? event.target : null;
  return {
    key: event.key,
    typing: at?.closest('input, textarea, select, [contenteditable="true"], .ant-select, .ant-modal, .ant-drawer') != null,
    onButton: at?.closest('button, a, [role="button"], [role="menuitem"]') != null,
    onSentence: at?.closest('[data-sentence]') != null,
  };
}

/** Listens for shortcuts on the whole page while it is on. */
export function useShortcuts(does: (shortcut: Shortcut) => void, on: boolean): void {
  const latest = useRef(does);
  latest.current = does;
  useEffect(() => {
    if (!on) return undefined;
    const listen = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      const shortcut = shortcutOf(pressedOf(event));
      if (shortcut === null) return;
      event.preventDefault();
      latest.current(shortcut);
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, [on]);
}
