import { expect, test } from 'vitest';

import { KEPT_DAY, KEPT_MOMENT, dayFormats, keptOf, momentFormats, pickedOf } from './typed';

test('what is picked is kept the same in both languages', () => {
  expect(keptOf(pickedOf('2026-11-28'), KEPT_DAY)).toBe('2026-11-28');
  expect(keptOf(pickedOf('2026-11-28T09:30'), KEPT_MOMENT)).toBe('2026-11-28T09:30');
  for (const none of ['', undefined, null, 'soon']) expect(pickedOf(none)).toBeNull();
  expect(keptOf(null, KEPT_DAY)).toBe('');
});

test('each language shows days as it writes them', () => {
  const at = pickedOf('2026-11-28T09:30');
  expect([at?.format(dayFormats('zh-CN')[0]), at?.format(dayFormats('en')[0])]).toEqual(['2026/11/28', '11/28/2026']);
  expect(at?.format(momentFormats('en')[0])).toBe('11/28/2026 09:30');
});
