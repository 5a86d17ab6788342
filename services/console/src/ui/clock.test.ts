import { expect, test } from 'vitest';

import { now, onServerTime, setServerTime } from './clock';

test('who asked is told when the server has another time', () => {
  let told = 0;
  const stop = onServerTime(() => (told += 1));
  const later = new Date(Date.now() + 86_400_000).toISOString();
  setServerTime(later);
  expect([told, now().toISOString().slice(0, 16)]).toEqual([1, later.slice(0, 16)]);
  stop();
  setServerTime(new Date().toISOString());
  expect(told).toBe(1);
});
