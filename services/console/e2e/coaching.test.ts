import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';

import { findings } from './axe';
import { type Actor, DESK, PHONE, URL, actor, complaints, signedIn } from './browser';
import { dayAhead } from './given';
import { type Review, ask, drawnReview, scoredReview, spoken, tell } from './given-review';
import { picture } from './picture';

let rep: Actor;
let scored: Review;
beforeAll(async () => {
  rep = await actor('lu');
  scored = await scoredReview(rep);
});

const VARIANTS = [
  { name: 'zh-CN', language: 'zh-CN', size: DESK },
  { name: 'en', language: 'en', size: DESK },
  { name: 'phone', language: 'zh-CN', size: PHONE },
] as const;

const wide = (page: Page) => page.evaluate('document.documentElement.scrollWidth <= innerWidth');
/** The waveform is drawn and can be played. */
const playable = (page: Page) => page.locator('.player button:not([disabled]).ant-btn-primary').waitFor();

test.each(VARIANTS)('the queue and a review, $name', async ({ name, language, size }) => {
  const { page } = await signedIn({ login: 'jiaolian', language, size });
  await page.goto(`${URL}/coaching`);
  await page.locator('.ant-table-row a').first().waitFor();
  await page.locator('dl.facts').nth(1).waitFor();
  await picture(page, 'coaching', name);
  expect(await findings(page)).toEqual([]);
  expect(await wide(page)).toBe(true);
  await page.goto(`${URL}/coaching/${scored.id}`);
  await playable(page);
  await page.locator('.sentence').first().waitFor();
  await page.locator('.findings li, .panel .ant-alert').first().waitFor();
  await picture(page, 'review', name);
  expect(await findings(page)).toEqual([]);
  expect(await wide(page)).toBe(true);
  expect(complaints(page)).toEqual([]);
});

test('a coach listens, overrides, remarks, decides and goes on, with the keyboard alone', async () => {
  const [first, second] = [await scoredReview(rep), await scoredReview(rep)];
  const { page, context } = await signedIn({ login: 'jiaolian' });
  await page.goto(`${URL}/coaching/${first.id}`);
  await playable(page);
  await page.locator('.sentence').first().waitFor();
  const began = Date.now();
  await page.keyboard.press(' ');
  await page.getByRole('button', { name: '暂停' }).waitFor();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.locator('.sentence[aria-current=true]').waitFor();
  await page.keyboard.press(' ');
  await page.getByRole('button', { name: '播放', exact: true }).waitFor();
  await page.keyboard.press('c');
  await page.keyboard.type('这里先给数据，再谈价格');
  await page.keyboard.press('Enter');
  await page.getByText('这里先给数据，再谈价格').first().waitFor();
  await page.keyboard.press('2');
  await page.keyboard.type('承诺超出权限');
  await page.keyboard.press('Enter');
  await page.getByText('40 / 100').waitFor();
  await page.locator('#due').waitFor();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: '下一条', exact: true }).waitFor();
  expect(Date.now() - began).toBeLessThan(60_000);
  const decided = await ask<Review>(context, `/api/reviews/${first.id}`);
  expect(decided).toMatchObject({ state: 'decided', decision: 'practice', percent: 40 });
  const practices = await ask<{ items: { review_id: string }[] }>(rep, '/api/practices?state=assigned&limit=50');
  expect(practices.items.filter((practice) => practice.review_id === first.id)).toHaveLength(1);
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => url.pathname.startsWith('/coaching/') && !url.pathname.endsWith(first.id));
  await page.getByText('40 / 100').waitFor({ state: 'detached' });
  await playable(page);
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: '快捷键' }).waitFor();
  await picture(page, 'review-keys', 'zh-CN');
  expect(await findings(page)).toEqual([]);
  expect((await ask<Review>(context, `/api/reviews/${second.id}`)).state).toBe('waiting_review');
  expect(complaints(page)).toEqual([]);
});

test('a sentence jumps to where it was said', async () => {
  const { page } = await signedIn({ login: 'jiaolian' });
  await page.goto(`${URL}/coaching/${scored.id}`);
  await playable(page);
  const last = page.locator('.sentence').last();
  await last.click();
  await page.locator('.sentence[aria-current=true]', { hasText: (await last.locator('.num').textContent()) ?? '' }).waitFor();
  await page.getByRole('button', { name: '暂停' }).waitFor();
});

test('a rep answers a drawn objection and does the practice that follows', async () => {
  const coach = await actor('jiaolian');
  const weak = await scoredReview(rep);
  await tell(coach, `/api/reviews/${weak.id}/practices`, { due: await dayAhead(await actor('admin'), 7), note: '按话术重说一遍' });
  await drawnReview(rep);
  const { page, context } = await signedIn({ login: 'lu' });
  const sound = await spoken(context);
  const file = { name: 'answer.wav', mimeType: sound.type, buffer: sound.bytes };
  await page.goto(`${URL}/coaching`);
  await page.getByRole('button', { name: '作答' }).first().waitFor();
  await picture(page, 'coaching-rep', 'zh-CN');
  expect(await findings(page)).toEqual([]);
  const waiting = async () => (await ask<{ items: Review[] }>(context, '/api/reviews?state=waiting_answer&limit=200')).items.length;
  const toAnswer = await waiting();
  await page.goto(URL);
  await page.locator('.item', { hasText: '异议作答' }).first().getByRole('button', { name: '作答' }).click();
  const dialog = page.getByRole('dialog', { name: '回答客户异议' });
  await dialog.getByRole('button', { name: '提交回答' }).click();
  await dialog.getByText('须征得被录音人同意').waitFor();
  await dialog.locator('#text').fill('我们分三步切换，停机最多三天。');
  await dialog.locator('input[type=file]').setInputFiles(file);
  await dialog.getByText('被录音的人都已同意').click();
  await dialog.getByRole('button', { name: '提交回答' }).click();
  await dialog.waitFor({ state: 'detached' });
  expect(await waiting()).toBe(toAnswer - 1);
  await page.goto(`${URL}/coaching`);
  const before = (await ask<{ items: unknown[] }>(context, '/api/practices?state=assigned&limit=100')).items.length;
  expect(before).toBeGreaterThan(0);
  await page.getByRole('button', { name: '提交练习' }).first().click();
  const practice = page.getByRole('dialog', { name: '提交练习录音' });
  await practice.locator('input[type=file]').setInputFiles(file);
  await practice.getByText('被录音的人都已同意').click();
  await practice.getByRole('button', { name: '提交', exact: true }).click();
  await practice.waitFor({ state: 'detached' });
  expect((await ask<{ items: unknown[] }>(context, '/api/practices?state=assigned&limit=100')).items).toHaveLength(before - 1);
  expect(complaints(page)).toEqual([]);
});
