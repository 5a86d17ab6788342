import { expect, test } from 'vitest';

import { NAV, activeOf, navOf } from './nav';

test('everybody finds their to-dos, and only what their roles work with', () => {
  expect(navOf(['administrator']).map((item) => item.label)).toContain('home');
  expect(navOf(['sales_rep']).map((item) => item.label)).toContain('leads');
  expect(navOf(['delivery_manager']).map((item) => item.label)).not.toContain('collections');
});

test('the deepest entry is the active one', () => {
  expect(activeOf('/', NAV)).toBe('/');
  expect(activeOf('/leads/42', NAV)).toBe('/leads');
  expect(activeOf('/leadsx', NAV)).toBeUndefined();
});
