import { expect, test } from 'vitest';

import { TEXTS, fill } from './texts';

type Tree = { [name: string]: string | Tree };

function texts(tree: Tree, path = ''): [string, string][] {
  return Object.entries(tree).flatMap(([name, value]) => (typeof value === 'string' ? [[`${path}${name}`, value] as [string, string]] : texts(value, `${path}${name}.`)));
}

const places = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]);

test('both languages say the same with the same places to fill', () => {
  const chinese = new Map(texts(TEXTS['zh-CN'] as unknown as Tree));
  const english = texts(TEXTS.en as unknown as Tree);
  expect(english.map(([name]) => name).sort()).toEqual([...chinese.keys()].sort());
  for (const [name, text] of english) expect([name, places(text)]).toEqual([name, places(chinese.get(name) ?? '')]);
  expect(english.filter(([, text]) => /[\u4e00-\u9fff]/.test(text))).toEqual([]);
});

test('places are filled', () => {
  expect(fill('{{count}} 项', { count: 3 })).toBe('3 项');
});
