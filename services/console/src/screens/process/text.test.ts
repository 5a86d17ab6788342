import { expect, test } from 'vitest';

import { mistakesOf, rangeOf, titlesOf, withVersion } from './text';

const YAML = `name: opportunity
version: 1
stages:
  - { id: needs, title: { zh: 需求确认, en: Needs } }
  - id: won
    title: { zh: 赢单, en: Won }
`;

test('mistakes stand where the service says', () => {
  const mistakes = mistakesOf([{ field: '54:9', code: 'definition_invalid', reason: '未知' }, { field: 'yaml', code: 'required', reason: '缺少' }]);
  expect(mistakes).toEqual([{ line: 54, column: 9, reason: '未知' }, { line: 1, column: 1, reason: '缺少' }]);
});

test('a line is found in the text', () => {
  expect(YAML.slice(...rangeOf(YAML, 2))).toBe('version: 1');
  expect(rangeOf(YAML, 99)[0]).toBeGreaterThan(YAML.length);
});

test('the next version is written into the text, and only there', () => {
  expect(withVersion(YAML, 3)).toContain('\nversion: 3\n');
  expect(withVersion('name: x', 3)).toBe('name: x');
});

test('stages are called what the text says, however it is laid out', () => {
  expect(titlesOf(YAML).get('needs')).toEqual({ zh: '需求确认', en: 'Needs' });
  expect(titlesOf(YAML).get('won')).toEqual({ zh: '赢单', en: 'Won' });
});
