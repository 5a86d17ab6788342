import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';

import { findings } from './axe';
import { type Actor, DESK, PHONE, URL, actor, complaints, signedIn } from './browser';
import { quoteOf, sent } from './given';
import { picture } from './picture';
import { totp } from './totp';

const VARIANTS = [
  { name: 'zh-CN', language: 'zh-CN', size: DESK },
  { name: 'en', language: 'en', size: DESK },
  { name: 'phone', language: 'zh-CN', size: PHONE },
] as const;

const LEGAL_SECRET = 'KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU';

interface Approval {
  id: string;
  subject_id: string;
}

/** One more signature on what waits for a contract. */
async function approve(approver: Actor, contract: string): Promise<void> {
  const waiting = (await (await approver.request.get(`${URL}/api/approvals`)).json()) as { items: Approval[] };
  const approval = waiting.items.find(({ subject_id }) => subject_id === contract);
  if (!approval) throw new Error(`nothing waits for contract ${contract}`);
  await sent(approver, `/api/approvals/${approval.id}/decide`, { decision: 'approve' });
}

async function drawn(page: Page): Promise<void> {
  const pad = page.getByRole('application');
  await pad.scrollIntoViewIfNeeded();
  const box = await pad.boundingBox();
  if (!box) throw new Error('there is nothing to sign on');
  await page.mouse.move(box.x + 60, box.y + 120);
  await page.mouse.down();
  for (let step = 0; step <= 40; step += 1) await page.mouse.move(box.x + 60 + step * 9, box.y + 100 + Math.sin(step / 3) * 45);
  await page.mouse.up();
}

test('a contract is made, adapted where it may be, approved by three roles and signed by two parties', async () => {
  const admin = await actor('admin');
  const rep = await signedIn({ login: 'lu' });
  const { page } = rep;
  const quote = await quoteOf(rep.context, admin, '1');
  await sent(rep.context, `/api/quotes/${quote.id}/submit`);
  await page.goto(`${URL}/quotes/${quote.id}`);
  await page.getByRole('button', { name: '生成合同' }).click();
  const made = page.getByRole('dialog');
  await made.getByLabel('交付地点').fill('合肥市高新区望江路 1 号');
  await picture(page, 'contract-new', 'zh-CN');
  expect(await findings(page)).toEqual([]);
  await made.getByRole('button', { name: '生成合同' }).click();
  await page.waitForURL(/\/contracts\/[0-9a-f-]+$/);
  const id = page.url().split('/').at(-1) ?? '';

  await page.locator('.clause.locked').first().waitFor();
  const change = { name: /^修改/ };
  expect(await page.locator('.clause.locked').getByRole('button', change).count()).toBe(0);
  await page.locator('.clause:not(.locked)').first().getByRole('button', change).click();
  const clause = page.getByRole('dialog');
  await clause.getByLabel('正文').fill('卖方分两批交付，每批以买方确认可用为准。');
  await clause.getByRole('button', { name: /保\s*存/ }).click();
  await clause.waitFor({ state: 'detached' });
  await page.locator('.clause:not(.locked)').getByText('已修改').waitFor();
  await page.getByText('与登记指纹完全一致').waitFor();
  await page.getByRole('button', { name: '提交审批' }).click();
  await page.locator('.page-head').getByText('会签中').waitFor();

  const legal = await signedIn({ login: 'fawu' });
  await legal.page.goto(`${URL}/contracts/${id}`);
  await legal.page.getByText('已修改的业务条款').waitFor();
  await picture(legal.page, 'contract-approval', 'zh-CN');
  await legal.page.getByRole('button', { name: /同\s*意/ }).click();
  for (const login of ['caiwu', 'shen']) await approve(await actor(login), id);

  await page.getByRole('button', { name: /签\s*署/ }).click();
  const ours = page.getByRole('dialog');
  await drawn(page);
  await picture(page, 'contract-sign', 'zh-CN');
  expect(await findings(page)).toEqual([]);
  await ours.getByRole('button', { name: /签\s*署/ }).click();
  await ours.waitFor({ state: 'detached' });
  await page.locator('.page-head').getByText('签署中').waitFor();

  await page.getByRole('button', { name: /签\s*署/ }).click();
  const theirs = page.getByRole('dialog');
  await theirs.getByLabel('签署人姓名').fill('蒋知予');
  await theirs.getByRole('button', { name: /签\s*署/ }).click();
  await theirs.getByText('请先签名').waitFor();
  await theirs.getByRole('application').focus();
  for (const key of ['Space', 'Shift+ArrowRight', 'Shift+ArrowDown', 'Shift+ArrowRight', 'Shift+ArrowUp', 'Space']) await page.keyboard.press(key);
  await theirs.getByRole('button', { name: /签\s*署/ }).click();
  await theirs.waitFor({ state: 'detached' });
  await page.locator('.page-head').getByText('已签署').waitFor();
  await page.getByText('开票申请').waitFor();
  expect(complaints(page)).toEqual([]);
  expect(complaints(legal.page)).toEqual([]);
});

test('a locked clause cannot come back changed: the import is refused and says which', async () => {
  const admin = await actor('admin');
  const rep = await signedIn({ login: 'lu' });
  const quote = await quoteOf(rep.context, admin, '1');
  await sent(rep.context, `/api/quotes/${quote.id}/submit`);
  await rep.page.goto(`${URL}/quotes/${quote.id}`);
  await rep.page.getByRole('button', { name: '生成合同' }).click();
  await rep.page.getByRole('dialog').getByRole('button', { name: '生成合同' }).click();
  await rep.page.waitForURL(/\/contracts\/[0-9a-f-]+$/);
  const text = await (await rep.context.request.get(`${URL}/api/contracts/${rep.page.url().split('/').at(-1)}/document`)).text();
  expect(text).toContain('不可抗力');
  await rep.page.getByRole('button', { name: '导入回传文本' }).click();
  const dialog = rep.page.getByRole('dialog');
  await dialog.getByLabel('合同文本').fill(text.replace('三日内书面通知', '三十日内书面通知'));
  await dialog.getByRole('button', { name: '导入回传文本' }).click();
  await dialog.getByText('锁定条款不能修改').waitFor();
  await picture(rep.page, 'contract-locked', 'zh-CN');
  expect(await dialog.getByLabel('合同文本').inputValue()).toContain('三十日内书面通知');
});

test('legal writes the next revision of a clause and publishes it with the second factor', async () => {
  const admin = await actor('admin');
  const { page } = await signedIn({ login: 'fawu', anew: true });
  await page.goto(`${URL}/contracts/clauses`);
  await page.getByRole('button', { name: '新建条款' }).click();
  const form = page.getByRole('dialog', { name: '新建条款' });
  const code = `ZF-${Date.now() % 100_000}`;
  await form.getByLabel('编号').fill(code);
  await form.getByLabel('标题').fill('资料交接（仅政府项目）');
  await form.getByLabel('正文').fill('双方在交付前确认资料交接清单。');
  await form.getByRole('combobox', { name: '客户类型' }).click();
  await page.locator('.ant-select-item-option', { hasText: '政府与事业单位' }).click();
  await form.getByRole('button', { name: /保\s*存/ }).click();
  await form.waitFor({ state: 'detached' });
  const row = page.locator('[data-row-key]', { hasText: code });
  await row.getByText('草稿').waitFor();
  await row.getByRole('button', { name: '资料交接（仅政府项目）' }).click();
  const drawer = page.locator('.ant-drawer');
  await drawer.getByRole('button', { name: /发\s*布/ }).click();
  await page.locator('.ant-modal-confirm').getByRole('button', { name: /发\s*布/ }).click();
  const factor = page.getByRole('dialog', { name: '二次验证' });
  await factor.locator('#code').fill(await totp(admin, LEGAL_SECRET));
  await factor.getByRole('button', { name: '验证并继续' }).click();
  await drawer.getByText('已发布').waitFor();
  await picture(page, 'clause', 'zh-CN');
  expect(await findings(page)).toEqual([]);
});

test.each(VARIANTS)('the list, a signed contract and the clause library, $name', async ({ name, language, size }) => {
  const { page } = await signedIn({ login: 'zongjian', language, size });
  await page.goto(`${URL}/contracts?status=signed`);
  await page.locator('[data-row-key]').first().waitFor();
  await picture(page, 'contracts', name);
  expect(await findings(page)).toEqual([]);
  await page.locator('[data-row-key] a').first().click();
  await page.locator('.clause').first().waitFor();
  await page.locator('.panel .good.strong').first().waitFor();
  await picture(page, 'contract', name);
  expect(await findings(page)).toEqual([]);
  expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  await page.goto(`${URL}/contracts/clauses`);
  await page.locator('[data-row-key]').first().waitFor();
  await picture(page, 'clauses', name);
  expect(await findings(page)).toEqual([]);
  expect(complaints(page)).toEqual([]);
});
