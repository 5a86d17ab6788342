import { expect, test } from 'vitest';

import { parentOf, pathBelow, treeOf } from './orgTree';

const unit = (path: string) => ({ path, name: path, kind: 'region' as const });

test('units stand below their parents', () => {
  const [root] = treeOf([unit('/'), unit('/east/'), unit('/east/shop/')]);
  expect(root?.children?.[0]?.path).toBe('/east/');
  expect(root?.children?.[0]?.children?.[0]?.path).toBe('/east/shop/');
});

test('what has no parent in the list is still shown', () => {
  expect(treeOf([unit('/east/shop/')]).map(({ path }) => path)).toEqual(['/east/shop/']);
});

test('paths lead up and down', () => {
  expect(parentOf('/east/shop/')).toBe('/east/');
  expect(parentOf('/east/')).toBe('/');
  expect(parentOf('/')).toBeUndefined();
  expect(pathBelow('/east/', 'new')).toBe('/east/new/');
});
