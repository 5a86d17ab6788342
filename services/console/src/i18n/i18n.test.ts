import { expect, test } from 'vitest';

import { en } from './en';
import { preferred } from './index';
import { zh } from './zh';

type Tree = { [name: string]: string | Tree };

function texts(tree: Tree, path = ''): Map<string, string> {
  return new Map(
    Object.entries(tree).flatMap(([name, value]) => (typeof value === 'string' ? [[`${path}${name}`, value] as const] : [...texts(value, `${path}${name}.`)])),
  );
}

const placeholders = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).sort();

test('both languages have the same texts with the same places to fill', () => {
  const [chinese, english] = [texts(zh as Tree), texts(en as Tree)];
  expect([...english.keys()].sort()).toEqual([...chinese.keys()].sort());
  for (const [name, text] of chinese) expect([name, placeholders(english.get(name) ?? '')]).toEqual([name, placeholders(text)]);
});

test('no text is left in the other language', () => {
  const hasChinese = /[\u4e00-\u9fff]/;
  const untranslated = [...texts(en as Tree)].filter(([, text]) => hasChinese.test(text));
  expect(untranslated).toEqual([]);
});

test('a choice counts more than the browser, and Chinese is the start', () => {
  expect(preferred('en', ['zh-CN'])).toBe('en');
  expect(preferred(null, ['en-US', 'zh-CN'])).toBe('en');
  expect(preferred(null, ['de-DE'])).toBe('zh-CN');
  expect(preferred('xx', ['zh-TW'])).toBe('zh-CN');
});
