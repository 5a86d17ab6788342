import type { Page } from 'playwright-core';
import { test } from 'vitest';

import { DESK, PHONE, URL, signedIn } from './browser';

/** Runs of each; the median counts, the first one only warms the server. */
const RUNS = 7;

interface Measured {
  firstPaint: number;
  /** Since the address was opened until the first to-do, or that there is none, is on the screen. */
  useful: number;
}

async function measure(page: Page, path: string, useful: string): Promise<Measured> {
  const opened = Date.now();
  await page.goto(`${URL}${path}`, { waitUntil: 'commit' });
  await page.locator(useful).first().waitFor();
  const done = Date.now() - opened;
  const firstPaint = await page.evaluate("performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? -1");
  return { firstPaint: Math.round(firstPaint as number), useful: done };
}

function median(values: readonly number[]): number {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? -1;
}

/** Every run is a browser that has never been here: nothing is in its cache. */
async function coldVisits(login: string, size: typeof DESK, path: string, useful: string): Promise<Measured> {
  const runs: Measured[] = [];
  for (let run = 0; run <= RUNS; run += 1) {
    const { page, context } = await signedIn({ login, size });
    const measured = await measure(page, path, useful);
    if (run > 0) runs.push(measured);
    await context.close();
  }
  return { firstPaint: median(runs.map((run) => run.firstPaint)), useful: median(runs.map((run) => run.useful)) };
}

const TODO = '.list li, .empty, .panel .item, .panel .state svg';

// A measurement, not a test: it runs when it is asked for.
test.runIf(process.env.PAINT).each([
  { name: 'desk', size: DESK, path: '/', aim: 1_500 },
  { name: 'phone', size: PHONE, path: '/m', aim: 1_000 },
])('the first useful paint of the $name, with an empty cache', async ({ name, size, path, aim }) => {
  const { firstPaint, useful } = await coldVisits('lu', size, path, TODO);
  console.log(`${name}: first content after ${firstPaint} ms, first to-do after ${useful} ms (median of ${RUNS}, empty cache, not throttled); aim ${aim} ms`);
});
