import { execFileSync } from 'node:child_process';

import { chromium } from 'playwright-core';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the browser of all tests is reached. */
    browser: string;
  }
}

/** Fields of dates speak the browser's own language, not the page's. */
const LANGUAGE = 'zh_CN';

const FLAGS = [
  '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync',
  // A microphone that hums, and nobody who has to allow it.
  '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream',
];

/** Starts the browser before the first test and ends it after the last. */
export default async function serve(project: TestProject): Promise<() => Promise<void>> {
  const executablePath = process.env.CHROMIUM ?? execFileSync('which', ['chromium'], { encoding: 'utf8' }).trim();
  const server = await chromium.launchServer({ executablePath, args: FLAGS, env: { ...process.env, LANGUAGE } });
  project.provide('browser', server.wsEndpoint());
  return () => server.close();
}
