import { expect, test } from 'vitest';

import { Problem } from '../api/problem';
import { bothVersions } from './bothVersions';

test('both versions are there once the newest was read', async () => {
  expect(await bothVersions('mine', () => Promise.resolve({ version: 3 }))).toEqual({ is: 'both', mine: 'mine', theirs: { version: 3 } });
});

test('a newest version that could not be read is said, keeps what was typed, and can be asked for again', async () => {
  const unreachable = new Problem(0, 'unreachable', '');
  const answers = [() => Promise.reject(unreachable), () => Promise.resolve({ version: 3 })];
  const newest = () => (answers.shift() as () => Promise<{ version: number }>)();
  const first = await bothVersions('mine', newest);
  expect(first).toEqual({ is: 'unread', mine: 'mine', problem: unreachable });
  expect(await bothVersions(first.mine, newest)).toEqual({ is: 'both', mine: 'mine', theirs: { version: 3 } });
});
