import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

import { zh } from './zh';

/** The event catalogue, as the services are built from it. */
const CATALOGUE = readFileSync(new URL('../../../../libs/contracts/src/subjects.rs', import.meta.url), 'utf8');
const EVENTS = [...CATALOGUE.matchAll(/^ {8}\w+ "([a-z_]+)" "([a-z_]+)",$/gm)];

test('every event of the catalogue has a name', () => {
  expect(EVENTS.length).toBeGreaterThan(100);
  const names = zh.event as Record<string, Record<string, string> | undefined>;
  const nameless = EVENTS.filter(([, aggregate = '', event = '']) => names[aggregate]?.[event] === undefined);
  expect(nameless.map(([, aggregate, event]) => `${aggregate}.${event}`)).toEqual([]);
});
