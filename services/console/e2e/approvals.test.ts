import { beforeAll, expect, test } from 'vitest';

import { findings } from './axe';
import { type Actor, PHONE, URL, actor, complaints, signedIn } from './browser';
import { quoteOf, sent } from './given';
import { ask, until } from './given-review';
import { picture } from './picture';

let admin: Actor;
let rep: Actor;
beforeAll(async () => {
  [admin, rep] = await Promise.all([actor('admin'), actor('lu')]);
});

/** A discount that a rep may not give alone. */
const BEYOND = '25';

async function submitted(): Promise<{ id: string; number: string }> {
  const quote = await quoteOf(rep, admin, BEYOND);
  await sent(rep, `/api/quotes/${quote.id}/submit`);
  return quote;
}
const statusOf = async ({ id }: { id: string }) => (await ask<{ status: string }>(rep, `/api/quotes/${id}`)).status;

test('whoever is away hands a decision on, and somebody else makes it', async () => {
  const quote = await submitted();
  const away = await signedIn({ login: 'shen' });
  await away.page.goto(`${URL}/quotes/${quote.id}`);
  await away.page.getByRole('button', { name: '转交' }).click();
  const form = away.page.getByRole('dialog', { name: '转交' });
  await form.getByRole('combobox', { name: '转交给' }).fill('韩述白');
  await away.page.locator('.ant-select-item-option', { hasText: '韩述白' }).click();
  await form.getByLabel('原因').fill('出差，请代为决定');
  expect(await findings(away.page)).toEqual([]);
  await form.getByRole('button', { name: /保\s*存/ }).click();
  await form.waitFor({ state: 'detached' });
  await away.page.getByText('代理自').waitFor();
  expect(await away.page.getByRole('button', { name: /同\s*意/ }).count()).toBe(0);
  const stands = await signedIn({ login: 'zongjian' });
  await stands.page.goto(URL);
  await stands.page.locator('.item', { hasText: quote.number }).first().waitFor();
  await stands.page.goto(`${URL}/quotes/${quote.id}`);
  await stands.page.getByRole('button', { name: /同\s*意/ }).click();
  await stands.page.locator('.page-head').getByText('已批准').waitFor();
  expect(await statusOf(quote)).toBe('approved');
  expect([...complaints(away.page), ...complaints(stands.page)]).toEqual([]);
});

test('a manager approves and refuses on the phone; a refusal says why', async () => {
  const [approved, refused] = [await submitted(), await submitted()];
  const { page } = await signedIn({ login: 'shen', size: PHONE });
  await page.goto(`${URL}/m`);
  await page.locator('.list li', { hasText: approved.number }).click();
  await page.getByText('超出权限').first().waitFor();
  await picture(page, 'phone-approval', 'zh-CN');
  expect(await findings(page)).toEqual([]);
  await page.locator('dl.about').getByText('¥').waitFor();
  // Nothing is chosen until somebody chooses.
  await page.locator('button.main').click();
  await page.getByText('必填').waitFor();
  await page.locator('select[name=decision]').selectOption('approve');
  await page.locator('button.main').click();
  await until('the approval', async () => (await statusOf(approved)) === 'approved');
  await page.locator('.list li', { hasText: approved.number }).waitFor({ state: 'detached' });
  await page.locator('.list li', { hasText: refused.number }).click();
  await page.locator('select[name=decision]').selectOption('reject');
  await page.locator('button.main').click();
  await page.getByText('必填').waitFor();
  await page.locator('textarea[name=reason]').fill('请补充让利依据');
  await page.locator('button.main').click();
  await until('the refusal', async () => (await statusOf(refused)) === 'rejected');
  expect(complaints(page)).toEqual([]);
});
