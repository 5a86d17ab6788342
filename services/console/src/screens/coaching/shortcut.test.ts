import { expect, test } from 'vitest';

import { type Pressed, shortcutOf } from './shortcut';

const pressed = (key: string, where: Partial<Pressed> = {}): Pressed => ({ key, typing: false, onButton: false, onSentence: false, ...where });

test('keys do what the help says', () => {
  expect(shortcutOf(pressed(' '))).toEqual({ does: 'play' });
  expect(shortcutOf(pressed('ArrowRight'))).toEqual({ does: 'forward' });
  expect(shortcutOf(pressed('4'))).toEqual({ does: 'score', percent: 80 });
  expect(shortcutOf(pressed('Enter'))).toEqual({ does: 'decide' });
  expect(shortcutOf(pressed('N'))).toEqual({ does: 'next' });
  expect(shortcutOf(pressed('x'))).toBeNull();
});

test('nothing is taken from a form or a button', () => {
  expect(shortcutOf(pressed('3', { typing: true }))).toBeNull();
  expect(shortcutOf(pressed('Enter', { onButton: true }))).toBeNull();
  expect(shortcutOf(pressed(' ', { onButton: true }))).toBeNull();
});

test('on a sentence the space bar still plays, and enter jumps', () => {
  expect(shortcutOf(pressed(' ', { onButton: true, onSentence: true }))).toEqual({ does: 'play' });
  expect(shortcutOf(pressed('Enter', { onButton: true, onSentence: true }))).toBeNull();
});
