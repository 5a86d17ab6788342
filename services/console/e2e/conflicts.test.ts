import type { Locator, Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';

import { findings } from './axe';
import { type Actor, URL, actor, complaints, signedIn } from './browser';
import { dayAhead, quoteOf, sent } from './given';
import { ask, changed } from './given-review';
import { picture } from './picture';

interface Contract {
  id: string;
  clauses: { code: string; kind: string; body: string }[];
}

let admin: Actor;
let rep: Actor;
beforeAll(async () => {
  [admin, rep] = await Promise.all([actor('admin'), actor('lu')]);
});

const save = (form: Locator) => form.getByRole('button', { name: /保\s*存/ }).click();
const conflictOf = (page: Page) => page.getByRole('dialog', { name: '内容已被他人修改' });

/** The dialog with both versions; what was typed is kept and goes through the second time. */
async function keepsMine(page: Page, form: Locator, theirs: string, mine: string): Promise<void> {
  await save(form);
  const conflict = conflictOf(page);
  await conflict.getByRole('cell', { name: theirs }).waitFor();
  await conflict.getByRole('cell', { name: mine }).waitFor();
  expect(await findings(page)).toEqual([]);
  await conflict.getByRole('button', { name: '以我的为准' }).click();
  await conflict.waitFor({ state: 'detached' });
  await save(form);
  await form.waitFor({ state: 'detached' });
}

async function draftContract(): Promise<Contract> {
  const quote = await quoteOf(rep, admin, '1');
  await sent(rep, `/api/quotes/${quote.id}/submit`);
  const made = await sent<{ id: string }>(rep, '/api/contracts', {
    quote_id: quote.id,
    destination: 'domestic',
    customer_type: 'standard',
    delivery_place: '合肥',
    promised_delivery_at: `${await dayAhead(admin, 60)}T01:00:00Z`,
    payment_plan: [{ kind: 'prepayment', percent: 40 }, { kind: 'on_delivery', percent: 60 }],
  });
  return ask<Contract>(rep, `/api/contracts/${made.id}`);
}

test('a person whom two administrators change at once', async () => {
  const login = `shiyong${Date.now()}`;
  const person = await sent<{ id: string }>(admin, '/api/people', { name: '孟清和', org: '/huadong/', roles: ['sales_rep'], login, password: 'yanshi-Shiyong-2026' });
  const { page } = await signedIn({ login: 'admin' });
  await page.goto(`${URL}/admin/people`);
  await page.getByPlaceholder('搜索姓名').fill('孟清和');
  await page.getByPlaceholder('搜索姓名').press('Enter');
  await page.locator('.ant-table-row', { hasText: login }).getByRole('button').click();
  const form = page.getByRole('dialog', { name: '修改：孟清和' });
  await form.getByLabel('姓名').fill('我起的名');
  for (const name of ['第一个改动', '第二个改动']) await changed(admin, `/api/people/${person.id}`, { name });
  await keepsMine(page, form, '第二个改动', '我起的名');
  expect((await ask<{ name: string }>(admin, `/api/people/${person.id}`)).name).toBe('我起的名');
  await changed(admin, `/api/people/${person.id}`, { active: false });
  expect(complaints(page)).toEqual([]);
});

test('terms that two people change at once', async () => {
  const contract = await draftContract();
  const { page } = await signedIn({ login: 'lu' });
  await page.goto(`${URL}/contracts/${contract.id}`);
  await page.getByRole('button', { name: '修改交付与付款' }).click();
  const form = page.getByRole('dialog', { name: '修改交付与付款' });
  await form.getByLabel('交付地点').fill('我写的地点');
  for (const delivery_place of ['对方先写的地点', '对方后写的地点']) await changed(rep, `/api/contracts/${contract.id}`, { delivery_place });
  await keepsMine(page, form, '对方后写的地点', '我写的地点');
  expect((await ask<{ delivery_place: string }>(rep, `/api/contracts/${contract.id}`)).delivery_place).toBe('我写的地点');
  expect(complaints(page)).toEqual([]);
});

test('a clause that two people adapt at once; the newest text that cannot be read is asked for again', async () => {
  const contract = await draftContract();
  const clause = contract.clauses.find(({ kind }) => kind === 'business');
  if (!clause) throw new Error('the contract has no clause that may be changed');
  const { page, context } = await signedIn({ login: 'lu' });
  await page.goto(`${URL}/contracts/${contract.id}`);
  await page.locator('.clause:not(.locked)').first().getByRole('button', { name: /^修改/ }).click();
  const form = page.getByRole('dialog');
  await form.getByLabel('正文').fill('我写的条款。');
  for (const body of ['对方先写的条款。', '对方后写的条款。']) await changed(rep, `/api/contracts/${contract.id}`, { clauses: [{ code: clause.code, title: '交付与验收', body }] });
  const path = `**/api/contracts/${contract.id}`;
  await context.route(path, (route) => (route.request().method() === 'GET' ? route.abort() : route.continue()));
  await save(form);
  const conflict = conflictOf(page);
  await conflict.getByText('未能取得对方保存的版本').waitFor();
  await picture(page, 'conflict-unread', 'zh-CN');
  expect(await findings(page)).toEqual([]);
  await context.unroute(path);
  await conflict.getByRole('button', { name: /重\s*试/ }).click();
  await conflict.getByRole('cell', { name: '对方后写的条款。' }).waitFor();
  await conflict.getByRole('button', { name: '以我的为准' }).click();
  await conflict.waitFor({ state: 'detached' });
  expect(await page.getByLabel('正文').inputValue()).toBe('我写的条款。');
  await save(page.getByRole('dialog'));
  await page.locator('.clause:not(.locked)').getByText('我写的条款。').waitFor();
});
