import { readFileSync } from 'node:fs';

import { type APIRequestContext, type Browser, type BrowserContext, type Page, chromium, request } from 'playwright-core';
import { inject, onTestFinished } from 'vitest';

export const URL = process.env.SLUICE_URL ?? 'http://127.0.0.1:8080';
const TENANT = 'lanchuan';

export const DESK = { width: 1440, height: 900 };
export const PHONE = { width: 390, height: 844 };
export type Language = 'zh-CN' | 'en';

let connected: Promise<Browser> | undefined;

/** The one browser of all tests; each test has contexts of its own in it. */
function browser(): Promise<Browser> {
  connected ??= chromium.connect(inject('browser'));
  return connected;
}

/** Passwords of the demonstration, by login. */
export function passwordOf(login: string): string {
  const text = readFileSync(new globalThis.URL('../../../deploy/demo/organisation.yaml', import.meta.url), 'utf8');
  const found = new RegExp(`login: ${login},.*?password: ([^,\\s}]+)`).exec(text);
  if (!found?.[1]) throw new Error(`nobody has the login ${login}`);
  return found[1];
}

/** Somebody who asks the API, with or without a page. */
export interface Actor {
  request: APIRequestContext;
}

interface Visiting {
  language?: Language;
  size?: { width: number; height: number };
}

export interface Person extends Visiting {
  login: string;
  /** Signs in anew: nothing that was shown or confirmed elsewhere counts here. */
  anew?: boolean;
}

const COMPLAINTS = new WeakMap<Page, string[]>();

/** What the page complained of: errors in scripts, violations of the content security policy. */
export function complaints(page: Page): string[] {
  return COMPLAINTS.get(page) ?? [];
}

type Session = Awaited<ReturnType<BrowserContext['storageState']>>;

/**
 * A page that goes when its test is over: what stays open asks the server again with every change. Nothing moves in it:
 * a busy machine draws a list that slides open in steps, and whoever clicks between two of them chooses its neighbour.
 */
async function opened({ language = 'zh-CN', size = DESK }: Visiting, session?: Session): Promise<Page> {
  const context = await (await browser()).newContext({ viewport: size, locale: language, timezoneId: 'Asia/Shanghai', reducedMotion: 'reduce', ...(session ? { storageState: session } : {}) });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const said: string[] = [];
  COMPLAINTS.set(page, said);
  page.on('pageerror', (error) => said.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of (400|401|403|404|409|412|422)/.test(message.text())) said.push(message.text());
  });
  return page;
}

/** Somebody whom the console does not know yet. */
export function visitor(visiting: Visiting = {}): Promise<Page> {
  return opened(visiting);
}

/** Somebody who has signed in through the page. */
export async function signIn(person: Person): Promise<Page> {
  const page = await visitor(person);
  await page.goto(`${URL}/?tenant=${TENANT}`);
  await page.locator('#login').fill(person.login);
  await page.locator('#password').fill(passwordOf(person.login));
  await page.locator('button[type=submit]').click();
  await page.locator('.shell').waitFor();
  return page;
}

async function sessionOf(login: string): Promise<Session> {
  const asking = await request.newContext();
  const answer = await asking.post(`${URL}/api/session`, { data: { tenant: TENANT, login, password: passwordOf(login) }, headers: { 'sec-fetch-site': 'same-origin' } });
  if (answer.status() !== 201) throw new Error(`sign-in of ${login}: ${answer.status()} ${await answer.text()}`);
  const session = await asking.storageState();
  await asking.dispose();
  return session;
}

const SESSIONS = new Map<string, Promise<Session>>();

/** The session of somebody, made once for all tests. */
function sharedSessionOf(login: string): Promise<Session> {
  const made = SESSIONS.get(login) ?? sessionOf(login);
  SESSIONS.set(login, made);
  return made;
}

/** Somebody who is signed in without the page, for what is not about signing in. */
export async function signedIn(person: Person): Promise<{ page: Page; context: BrowserContext }> {
  const page = await opened(person, await (person.anew ? sessionOf(person.login) : sharedSessionOf(person.login)));
  const context = page.context();
  await context.addInitScript((chosen) => globalThis.localStorage?.setItem('sluice.language', chosen), person.language ?? 'zh-CN');
  return { page, context };
}

const ACTORS = new Map<string, Promise<Actor>>();

/** Somebody who does their part without looking at a screen. */
export function actor(login: string): Promise<Actor> {
  const made = ACTORS.get(login) ?? sharedSessionOf(login).then(async (storageState) => ({ request: await request.newContext({ storageState }) }));
  ACTORS.set(login, made);
  return made;
}

/** Once everything that was asked for is there, and nothing fades or slides any more; what turns for ever is left out. */
export async function settled(page: Page): Promise<void> {
  await page.locator('.ant-skeleton-active').first().waitFor({ state: 'detached' });
  // What is replaced by another animation is as good as over.
  await page.evaluate('Promise.allSettled(document.getAnimations().filter(({ effect }) => effect?.getTiming().iterations !== Infinity).map((animation) => animation.finished))');
}
