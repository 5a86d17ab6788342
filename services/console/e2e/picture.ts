import { mkdirSync } from 'node:fs';

import type { Page } from 'playwright-core';

import { settled } from './browser';

const FOLDER = process.env.SCREENS;

/** Takes a picture for the documentation, when one is wanted. */
export async function picture(page: Page, screen: string, variant: string): Promise<void> {
  if (!FOLDER) return;
  mkdirSync(FOLDER, { recursive: true });
  await settled(page);
  await page.evaluate('document.fonts.ready');
  await page.screenshot({ path: `${FOLDER}/${screen}-${variant}.png`, animations: 'disabled' });
}
