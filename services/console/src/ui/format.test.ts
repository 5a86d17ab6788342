import { beforeAll, expect, test } from 'vitest';

import { setLanguageForTests } from '../i18n/testing';
import { day, decimal, fromNow, fullMoment, money, moment, span } from './format';
import { fromLocalInput, toLocalInput } from './localTime';
import { plainAmount } from './MoneyInput';

beforeAll(() => setLanguageForTests('zh-CN'));

test('a decimal keeps its places, and its thousands are apart', () => {
  expect(['86000', '86000.50', '5', '0.5', '90071992547409.93'].map(decimal)).toEqual(['86,000', '86,000.50', '5', '0.5', '90,071,992,547,409.93']);
});

test('money keeps every digit, however large', () => {
  expect(money({ amount: '1234.50', currency: 'CNY' })).toBe('¥1,234.50');
  expect(money({ amount: '90071992547409.93', currency: 'CNY' })).toBe('¥90,071,992,547,409.93');
  expect(money({ amount: '1000', currency: 'JPY' })).not.toContain('.');
});

test('typed amounts are sent as they were meant', () => {
  expect(plainAmount('1,234.50 ')).toBe('1234.50');
  expect(plainAmount('1，234。5')).toBe('1234.5');
});

test('a deadline is said from now', () => {
  const now = new Date('2026-11-28T12:00:00Z');
  expect(fromNow('2026-11-28T09:30:00Z', now)).toBe('2 小时前');
  expect(fromNow('2026-11-30T12:00:01Z', now)).toBe('后天');
  expect(fromNow('2026-11-28T12:20:00Z', now)).toBe('20 分钟后');
  expect(span('2026-11-28T09:30:00Z', now)).toBe('2 小时');
});

test('a year is said when it is another one', () => {
  expect(moment('2026-11-28T09:30:00Z', new Date('2026-12-01T00:00:00Z'))).not.toContain('2026');
  expect(moment('2025-11-28T09:30:00Z', new Date('2026-12-01T00:00:00Z'))).toContain('2025');
});

test('the whole moment has twenty-four hours, and its zone last', async () => {
  const midnight = new Date(2026, 10, 29, 0, 5, 9).toISOString();
  const evening = new Date(2026, 10, 28, 17, 5, 9).toISOString();
  expect(fullMoment(midnight)).toMatch(/^2026年11月29日星期日 00:05:09 \S+$/);
  await setLanguageForTests('en');
  expect(fullMoment(evening)).toMatch(/^Saturday, November 28, 2026 17:05:09 \S+$/);
  expect(moment(midnight, new Date(2026, 11, 1))).toBe('11/29, 00:05');
  await setLanguageForTests('zh-CN');
});

test('a day is the same day in every zone', () => {
  expect(day('2026-11-28')).toBe('2026/11/28');
  expect(day('soon')).toBe('soon');
});

test('a local time comes back as the same moment', () => {
  const at = new Date('2026-11-28T09:30:00Z');
  expect(fromLocalInput(toLocalInput(at))).toBe(at.toISOString());
  expect(fromLocalInput('')).toBeUndefined();
  expect(fromLocalInput('x')).toBeUndefined();
});
