import type { CDPSession } from 'playwright-core';
import { expect, test } from 'vitest';

import { findings } from './axe';
import { DESK, PHONE, URL, signedIn } from './browser';
import { ROWS, manyLeads } from './many-leads';

/** How far the list is moved in each frame: about half of what is seen. */
const TURN = 320;
const LIMIT_MS = Number(process.env.ROWS_LIMIT_MS ?? 240_000);

/** Moves the list once a frame until the last row is drawn, or too much time has passed; the frames are what is measured. */
const SCROLL = `new Promise((done) => {
  const list = document.querySelector('.long');
  const frames = [];
  const begun = performance.now();
  let [nodes, waited, last] = [0, 0, begun];
  const frame = (now) => {
    frames.push(now - last);
    last = now;
    if (frames.length % 20 === 0) nodes = Math.max(nodes, document.querySelectorAll('*').length);
    const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 2;
    waited += atEnd ? 1 : 0;
    const complete = document.querySelector('[data-row-key="lead-${ROWS - 1}"]') !== null;
    if (complete || now - begun > ${LIMIT_MS}) return done({ frames, nodes, waited, complete });
    list.scrollTop += ${TURN};
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
})`;

interface Scrolled {
  frames: number[];
  nodes: number;
  /** Frames at the end of what had been fetched: somebody would have waited. */
  waited: number;
  complete: boolean;
}

/** What the page's main thread has computed, in seconds; other programs on the same cores do not change it. */
async function computed(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN;
}

const percentile = (sorted: readonly number[], share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? -1;

// A measurement, not a test: it runs when it is asked for.
test.runIf(process.env.ROWS).each([
  { name: 'desk', size: DESK },
  { name: 'phone width', size: PHONE },
])('ten thousand rows are scrolled from the first to the last, $name', { timeout: 300_000 }, async ({ name, size }) => {
  const { page } = await signedIn({ login: 'zongjian', size });
  await manyLeads(page);
  await page.goto(`${URL}/leads`);
  const body = page.locator('.long');
  await body.waitFor();
  await body.scrollIntoViewIfNeeded();
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const before = await computed(session);
  const { frames, nodes, waited, complete } = (await page.evaluate(SCROLL)) as Scrolled;
  const each = ((await computed(session)) - before) / frames.length;
  const sorted = [...frames].sort((one, other) => one - other);
  const seconds = frames.reduce((sum, length) => sum + length, 0) / 1000;
  console.log(
    `${name}: ${ROWS} rows in ${seconds.toFixed(1)} s; ${(frames.length / seconds).toFixed(0)} frames a second, ${(1000 * each).toFixed(1)} ms computed for each, half within ${percentile(sorted, 0.5).toFixed(0)} ms, 95 % within ${percentile(sorted, 0.95).toFixed(0)} ms, longest ${percentile(sorted, 1).toFixed(0)} ms; ${waited} frames at the end of what was fetched; at most ${nodes} DOM nodes`,
  );
  if (!process.env.ROWS_LIMIT_MS) expect(complete).toBe(true);
  expect(await findings(page)).toEqual([]);
});
