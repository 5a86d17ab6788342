import { expect, test } from 'vitest';

import { byName, named } from './byName';

test('names are in the order of their pinyin, not of their code points', () => {
  const names = ['何静之', '沈牧川', '叶清和', '陆书遥', '顾南枝', '程以安'];
  expect([...names].sort(byName)).toEqual(['程以安', '顾南枝', '何静之', '陆书遥', '沈牧川', '叶清和']);
  expect(named(names.map((name) => ({ name }))).map(({ name }) => name)[0]).toBe('程以安');
});

test('numbers in names count as numbers, and Latin names are in order too', () => {
  expect(['10 号店', '2 号店', 'Zoe', 'amy'].sort(byName)).toEqual(['2 号店', '10 号店', 'amy', 'Zoe']);
});
