import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';

import { findings } from './axe';
import { type Actor, PHONE, URL, actor, complaints, passwordOf, signedIn, visitor } from './browser';
import { leadOf } from './given';
import { ask, opportunityOf, until } from './given-review';
import { newCompany, newWord } from './names';
import { picture } from './picture';

interface Visit {
  id: string;
  note: string | null;
  next_step: string;
  recording_id: string | null;
}
interface Recording {
  id: string;
  state: string;
  media_type: string;
  seconds: number | null;
}
interface List<T> {
  items: T[];
}

const phone = (login: string, language: 'zh-CN' | 'en' = 'zh-CN') => signedIn({ login, language, size: PHONE });
const visitsOf = async (rep: Actor, note: string) => (await ask<List<Visit>>(rep, '/api/visits?limit=50')).items.filter((visit) => visit.note === note);
const recordingsOf = async (rep: Actor) => (await ask<List<Recording>>(rep, '/api/recordings?limit=200')).items;

/** The app shell is kept on the phone and answers. */
async function installed(page: Page): Promise<void> {
  await page.evaluate('navigator.serviceWorker.ready.then(() => undefined)');
  await until('the service worker to answer', () => page.evaluate('navigator.serviceWorker.controller !== null'));
}

async function fillVisit(page: Page, note: string): Promise<void> {
  await page.getByRole('button', { name: '技术负责人' }).click();
  await page.locator('textarea').fill(note);
  await page.locator('input[name=next_step]').fill('发送方案');
}

async function recordVoice(page: Page): Promise<void> {
  await page.getByRole('button', { name: '录音', exact: true }).click();
  await page.getByRole('button', { name: '0:02 停止录音' }).waitFor();
  await page.getByRole('button', { name: /停止录音/ }).click();
  await page.locator('audio').waitFor();
  await page.getByText('被录音的人都已同意').click();
}

test.each(['zh-CN', 'en'] as const)('signs in on the phone and finds the to-dos, in %s', async (language) => {
  const page = await visitor({ language, size: PHONE });
  await page.goto(`${URL}/m?tenant=lanchuan`);
  await page.locator('input[name=login]').waitFor();
  await picture(page, 'phone-sign-in', language);
  expect(await findings(page)).toEqual([]);
  await page.locator('input[name=login]').fill('lu');
  await page.locator('input[name=password]').fill('wrong');
  await page.locator('button[type=submit]').click();
  await page.getByRole('alert').waitFor();
  await page.locator('input[name=password]').fill(passwordOf('lu'));
  await page.locator('button[type=submit]').click();
  await page.locator('.list li').first().waitFor();
  await picture(page, 'phone-todos', language);
  expect(await findings(page)).toEqual([]);
  for (const tab of [1, 2, 3]) {
    await page.locator('.tabs button').nth(tab).click();
    await page.locator('main h1').waitFor();
    expect(await findings(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  }
  expect(complaints(page)).toEqual([]);
});

test('a lead is touched, screened and turned into an opportunity in place', async () => {
  const manager = await actor('zongjian');
  const lead = await leadOf(manager, '苏晚禾', newCompany());
  const { page, context } = await phone('su');
  await page.goto(`${URL}/m`);
  const line = page.locator('.list li', { hasText: lead.company });
  await line.getByText('登记联系').click();
  await page.locator('button.main').click();
  await page.getByText('必填').first().waitFor();
  await page.locator('input[name=reference]').fill('企业微信聊天 12 月 1 日');
  await page.locator('button.main').click();
  await line.getByText('补全筛选表').waitFor();
  await line.click();
  await page.locator('input[name=nickname]').fill('林工');
  await page.locator('input[name=avatar]').fill('https://example.com/avatar.png');
  await picture(page, 'phone-screening', 'zh-CN');
  expect(await findings(page)).toEqual([]);
  await page.locator('button.main').click();
  await line.getByText('转为商机').waitFor();
  await line.click();
  await page.locator('input[name=subject]').fill('产线改造');
  await page.locator('button.main').click();
  await line.waitFor({ state: 'detached' });
  await until('the opportunity', async () => (await ask<{ state: string }>(context, `/api/leads/${lead.id}`)).state === 'converted');
  expect(complaints(page)).toEqual([]);
});

test('an offline visit with a recording waits, survives a reload and a closed tab, and arrives once', async () => {
  const { page, context } = await phone('lu');
  const opportunity = await opportunityOf(context);
  const note = `看了${newWord()}车间，没有信号`;
  const before = (await recordingsOf(context)).length;
  await page.goto(`${URL}/m`);
  await installed(page);
  await page.locator('.tabs button').nth(1).click();
  await page.locator('.list li').first().waitFor();
  await context.setOffline(true);
  await page.goto(`${URL}/m/visit/${opportunity.id}`);
  await page.getByRole('button', { name: '技术负责人' }).waitFor();
  await fillVisit(page, note);
  await recordVoice(page);
  await picture(page, 'phone-visit', 'zh-CN');
  expect(await findings(page)).toEqual([]);
  await page.reload();
  await page.getByText('已恢复上次未提交的内容').waitFor();
  expect(await page.locator('textarea').inputValue()).toBe(note);
  await page.locator('audio').waitFor();
  await page.locator('button.main').click();
  await page.locator('.waits').getByText('等待发送').waitFor();
  await picture(page, 'phone-waiting', 'zh-CN');
  expect(await findings(page)).toEqual([]);
  await page.reload();
  await page.locator('.waits', { hasText: '含录音' }).waitFor();
  await page.close();
  const later = await context.newPage();
  await later.goto(`${URL}/m/waiting`);
  await later.locator('.waits', { hasText: '含录音' }).waitFor();
  await context.setOffline(false);
  await later.getByText('全部已发送').waitFor();
  const visits = await visitsOf(context, note);
  expect(visits).toHaveLength(1);
  const recordings = await recordingsOf(context);
  expect(recordings).toHaveLength(before + 1);
  const recording = recordings.find(({ id }) => id === visits[0]?.recording_id);
  expect(recording).toMatchObject({ state: 'stored', media_type: 'audio/ogg' });
  expect(recording?.seconds).toBeGreaterThan(1);
  const transcript = await until('the transcript', async () => {
    const found = await ask<{ state: string }>(context, `/api/recordings/${recording?.id}/transcript`);
    return found.state === 'completed' || found.state === 'failed' ? found : null;
  });
  expect(transcript.state).toBe('completed');
});

test('a recording that breaks off is kept as far as it came', async () => {
  const { page, context } = await phone('lu');
  const opportunity = await opportunityOf(context);
  await page.goto(`${URL}/m/visit/${opportunity.id}`);
  await page.getByRole('button', { name: '录音', exact: true }).click();
  await page.getByRole('button', { name: '0:03 停止录音' }).waitFor();
  await page.reload();
  await page.locator('audio').waitFor();
  await until('its length', () => page.locator('audio').evaluate((audio: HTMLAudioElement) => audio.duration > 1));
});

test('an answer that got lost does not record the visit twice', async () => {
  const { page, context } = await phone('lu');
  const opportunity = await opportunityOf(context);
  const note = `与${newWord()}项目组过了方案`;
  await page.goto(`${URL}/m/visit/${opportunity.id}`);
  await fillVisit(page, note);
  const network = await context.newCDPSession(page);
  await network.send('Fetch.enable', { patterns: [{ urlPattern: '*/api/visits', requestStage: 'Response' }] });
  // The server has done it when its answer is thrown away.
  const lost = new Promise<void>((resolve) => {
    network.on('Fetch.requestPaused', async ({ requestId }) => {
      await network.send('Fetch.failRequest', { requestId, errorReason: 'ConnectionReset' });
      await network.send('Fetch.disable');
      resolve();
    });
  });
  await page.locator('button.main').click();
  await lost;
  await page.getByRole('button', { name: '立即发送' }).waitFor();
  expect(await visitsOf(context, note)).toHaveLength(1);
  await page.getByRole('button', { name: '立即发送' }).click();
  await page.getByText('全部已发送').waitFor();
  expect(await visitsOf(context, note)).toHaveLength(1);
});

test('what the server refuses says why, can be changed and sent again', async () => {
  const { page, context } = await phone('lu');
  const opportunity = await opportunityOf(context);
  const note = `约${newWord()}产线试机`;
  await page.goto(`${URL}/m/visit/${opportunity.id}`);
  await fillVisit(page, note);
  await page.locator('input[name=next_step_at]').fill('2020-01-01T09:00');
  await page.locator('button.main').click();
  await page.getByRole('alert').waitFor();
  await page.locator('.tabs button').nth(2).click();
  const waits = page.locator('.waits', { hasText: '未被接受' });
  await waits.waitFor();
  await picture(page, 'phone-refused', 'zh-CN');
  expect(await findings(page)).toEqual([]);
  await waits.getByRole('button', { name: '修改后重发' }).click();
  await page.locator('input[name=next_step_at]').fill('2099-01-01T09:00');
  await page.locator('button.main').click();
  await until('the visit', async () => (await visitsOf(context, note)).length === 1);
  await page.locator('.tabs button').nth(2).click();
  await page.getByText('全部已发送').waitFor();
  expect(await page.locator('.badge').count()).toBe(0);
});

test('it can be installed', async () => {
  const { page, context } = await phone('lu');
  await page.goto(`${URL}/m`);
  const href = await page.locator('link[rel=manifest]').getAttribute('href');
  const manifest = (await (await context.request.get(`${URL}${href}`)).json()) as { start_url: string; icons: { src: string; type: string }[] };
  expect(manifest.start_url).toBe('/m');
  for (const icon of manifest.icons) {
    const answer = await context.request.get(`${URL}${icon.src}`);
    expect(answer.headers()['content-type']).toBe(icon.type);
  }
  await installed(page);
});
