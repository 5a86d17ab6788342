import { expect, test } from 'vitest';

import { isRecord, readable } from './reference';

test('an event is named by the number that stands behind its id', () => {
  expect(readable('event:01a22efc-06f9-70f4-b3c8-ca4853b60553 FP-2026-000002')).toBe('FP-2026-000002');
  expect(readable('event:01a22efc-06f9-70f4-b3c8-ca4853b60553')).toBe('event:01a22efc-06f9-70f4-b3c8-ca4853b60553');
  expect(isRecord('event:01a22efc-06f9-70f4-b3c8-ca4853b60553 FP-2026-000002')).toBe(true);
  expect(isRecord('https://example.com/1')).toBe(false);
  expect(readable('https://example.com/1')).toBe('https://example.com/1');
});
