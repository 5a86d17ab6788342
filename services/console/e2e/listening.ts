import type { Page } from 'playwright-core';
import { expect } from 'vitest';

import { URL } from './browser';

const AIM_MS = 1_000;

/** Opens a page that listens for changes: what happens from here on reaches it. */
export async function listeningAt(page: Page, path: string): Promise<void> {
  const stream = page.waitForResponse(/\/api\/updates$/);
  await page.goto(`${URL}${path}`);
  await stream;
}

/**
 * Waits until another's change is seen, which nobody asks for again. That it takes less than a second is judged where
 * measuring was asked for: a machine that builds meanwhile is late for its own reasons.
 */
export async function seenByItself(seen: Promise<unknown>): Promise<void> {
  const started = Date.now();
  await seen;
  if (process.env.PAINT) expect(Date.now() - started).toBeLessThan(AIM_MS);
}
