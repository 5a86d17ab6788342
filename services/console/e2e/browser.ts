import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

import { type Browser, type BrowserContext, type Page, chromium } from 'playwright-core';

export const URL = process.env.SLUICE_URL ?? 'http://127.0.0.1:8080';
const TENANT = 'lanchuan';

const FLAGS = [
  '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync',
  // A microphone that hums, and nobody who has to allow it.
  '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream',
];

export const DESK = { width: 1440, height: 900 };
export const PHONE = { width: 390, height: 844 };
export type Language = 'zh-CN' | 'en';

export async function launch(): Promise<Browser> {
  const executablePath = process.env.CHROMIUM ?? execFileSync('which', ['chromium'], { encoding: 'utf8' }).trim();
  return chromium.launch({ executablePath, args: FLAGS });
}

/** Passwords of the demonstration, by login. */
export function passwordOf(login: string): string {
  const text = readFileSync(new globalThis.URL('../../../deploy/demo/organisation.yaml', import.meta.url), 'utf8');
  const found = new RegExp(`login: ${login},.*?password: ([^,\\s}]+)`).exec(text);
  if (!found?.[1]) throw new Error(`nobody has the login ${login}`);
  return found[1];
}

export interface Person {
  login: string;
  language?: Language;
  size?: { width: number; height: number };
}

const COMPLAINTS = new WeakMap<Page, string[]>();

/** What the page complained of: errors in scripts, violations of the content security policy. */
export function complaints(page: Page): string[] {
  return COMPLAINTS.get(page) ?? [];
}

export async function visitor(browser: Browser, { language = 'zh-CN', size = DESK }: Partial<Person> = {}): Promise<Page> {
  const context = await browser.newContext({ viewport: size, locale: language, timezoneId: 'Asia/Shanghai' });
  const page = await context.newPage();
  const said: string[] = [];
  COMPLAINTS.set(page, said);
  page.on('pageerror', (error) => said.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of (400|401|403|404|409|412|422)/.test(message.text())) said.push(message.text());
  });
  return page;
}

/** Somebody who has signed in through the page. */
export async function signIn(browser: Browser, person: Person): Promise<Page> {
  const page = await visitor(browser, person);
  await page.goto(`${URL}/?tenant=${TENANT}`);
  await page.locator('#login').fill(person.login);
  await page.locator('#password').fill(passwordOf(person.login));
  await page.locator('button[type=submit]').click();
  await page.locator('.shell').waitFor();
  return page;
}

/** A context that is signed in without the page, for what is not about signing in. */
export async function signedIn(browser: Browser, person: Person): Promise<{ page: Page; context: BrowserContext }> {
  const page = await visitor(browser, person);
  const context = page.context();
  const answer = await context.request.post(`${URL}/api/session`, {
    data: { tenant: TENANT, login: person.login, password: passwordOf(person.login) },
    headers: { 'sec-fetch-site': 'same-origin' },
  });
  if (answer.status() !== 201) throw new Error(`sign-in of ${person.login}: ${answer.status()} ${await answer.text()}`);
  const language = person.language ?? 'zh-CN';
  await context.addInitScript((chosen) => globalThis.localStorage?.setItem('sluice.language', chosen), language);
  return { page, context };
}

/** Once nothing fades or slides any more; what turns for ever is left out. What is replaced by another is as good as over. */
export async function settled(page: Page): Promise<void> {
  await page.evaluate('Promise.allSettled(document.getAnimations().filter(({ effect }) => effect?.getTiming().iterations !== Infinity).map((animation) => animation.finished))');
}
