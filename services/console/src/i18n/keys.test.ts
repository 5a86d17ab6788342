import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { zh } from './zh';

const SOURCES = join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '..');

function sources(): [string, string][] {
  const names = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/.test(name) && !/\.test\.ts$/.test(name));
  return names.map((name) => [name, readFileSync(join(SOURCES, name), 'utf8')]);
}

/** What stands at `a.b` in the texts. */
function at(path: string): unknown {
  return path.split('.').reduce<unknown>((tree, name) => (tree as Record<string, unknown> | undefined)?.[name], zh);
}

test('every text that is asked for by its name is there', () => {
  const asked = sources().flatMap(([file, text]) => [...text.matchAll(/\bt\('([\w.]+)'/g)].map((match) => `${file}: ${match[1]}`));
  expect(asked.length).toBeGreaterThan(100);
  expect(asked.filter((one) => typeof at(one.split(': ')[1] ?? '') !== 'string')).toEqual([]);
});

test('every name that is put together begins with a group of texts', () => {
  const asked = sources().flatMap(([file, text]) => [...text.matchAll(/\bt\(`([\w.]+)\.\$\{/g)].map((match) => `${file}: ${match[1]}`));
  expect(asked.length).toBeGreaterThan(20);
  expect(asked.filter((one) => typeof at(one.split(': ')[1] ?? '') !== 'object')).toEqual([]);
});
