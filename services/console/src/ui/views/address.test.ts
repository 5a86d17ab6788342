import { expect, test } from 'vitest';

import type { View } from '../../api/views';
import { filtersOf, openOf, opened, sameFilters, startOf, unfiltered } from './address';

const view = (id: string, query: string, is_default = false): View => ({ id, query, is_default, version: 1, screen: 'leads', name: id });
const east = view('east', 'state=assigned&region=华东');
const views = [east, view('new', 'state=unassigned', true)];
const at = (text: string) => new URLSearchParams(text);

test('equal filters are equal in any order', () => {
  expect(filtersOf(at('b=2&view=x&a=1'))).toBe('a=1&b=2');
  expect(sameFilters(east, at('region=华东&state=assigned&view=new'))).toBe(true);
  expect(sameFilters(east, at('region=华南&state=assigned'))).toBe(false);
});

test('an opened view stays the open one while its filters are changed', () => {
  expect(openOf(views, opened(east))).toBe(east);
  expect(openOf(views, at('state=touched&view=east'))).toBe(east);
  expect(sameFilters(east, at('state=touched&view=east'))).toBe(false);
});

test('filters that a view has open it, and no filters open none', () => {
  expect(openOf(views, at('region=华东&state=assigned'))?.id).toBe('east');
  expect(openOf(views, at('state=touched'))).toBeUndefined();
  expect(openOf([view('empty', '')], at(''))).toBeUndefined();
});

test('a screen opens with the default view only when nothing else is asked for', () => {
  expect(startOf(views, at(''))?.id).toBe('new');
  expect(startOf(views, at('q=x'))).toBeUndefined();
  expect(startOf(views, unfiltered())).toBeUndefined();
  expect(startOf([east], at(''))).toBeUndefined();
});
