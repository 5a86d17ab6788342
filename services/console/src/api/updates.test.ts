import { QueryClient } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { Refresher, concerns } from './updates';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('a query is concerned by the records that it follows', () => {
  expect(concerns(['lead', 'rep'], new Set(['rep']))).toBe(true);
  expect(concerns(['lead'], new Set(['quote']))).toBe(false);
  expect(concerns(undefined, new Set(['quote']))).toBe(false);
});

test('many changes in one go are one refresh of what they concern', () => {
  const client = new QueryClient();
  const asked = vi.spyOn(client, 'invalidateQueries');
  const refresher = new Refresher(client);
  refresher.take({ aggregate: 'lead' });
  refresher.take({ aggregate: 'lead' });
  refresher.take({ aggregate: 'quote' });
  vi.advanceTimersByTime(1000);
  expect(asked).toHaveBeenCalledTimes(1);
  const predicate = asked.mock.calls[0]?.[0]?.predicate as (query: object) => boolean;
  expect(predicate({ meta: { follows: ['quote'] } })).toBe(true);
  expect(predicate({ meta: { follows: ['visit'] } })).toBe(false);
});

test('after a gap everything that follows anything is asked for again', () => {
  const client = new QueryClient();
  const asked = vi.spyOn(client, 'invalidateQueries');
  const refresher = new Refresher(client);
  refresher.take('ask_again');
  vi.advanceTimersByTime(1000);
  const predicate = asked.mock.calls[0]?.[0]?.predicate as (query: object) => boolean;
  expect(predicate({ meta: { follows: ['visit'] } })).toBe(true);
  expect(predicate({})).toBe(false);
});
