import { expect, test } from 'vitest';

import type { CustomField } from '../../../api/customFields';
import { inOrder } from './order';

const field = (key: string, position: number, retired = false) => ({ key, position, retired }) as CustomField;
const keys = (fields: readonly CustomField[]) => fields.map(({ key }) => key);

test('live fields stand in their order, equal positions by key, and retired ones apart', () => {
  const { live, retired } = inOrder([field('z', 20), field('c', 10), field('old', 5, true), field('a', 20)]);
  expect(keys(live)).toEqual(['c', 'a', 'z']);
  expect(keys(retired)).toEqual(['old']);
});
