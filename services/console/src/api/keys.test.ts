import { expect, test } from 'vitest';

import { KeyKeeper } from './keys';

function keeper() {
  let made = 0;
  return new KeyKeeper(() => `key-${(made += 1)}`);
}

test('the same content keeps its key while nobody knows what became of it', () => {
  const keys = keeper();
  expect(keys.keyFor({ to: 'a' })).toBe('key-1');
  expect(keys.keyFor({ to: 'a' })).toBe('key-1');
});

test('other content is another write', () => {
  const keys = keeper();
  keys.keyFor({ to: 'a' });
  expect(keys.keyFor({ to: 'b' })).toBe('key-2');
});

test('after an answer the same content may be sent again as a new write', () => {
  const keys = keeper();
  keys.keyFor({ to: 'a' });
  keys.decided();
  expect(keys.keyFor({ to: 'a' })).toBe('key-2');
});
