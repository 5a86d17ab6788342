import { expect, test } from 'vitest';

import { findings } from './axe';
import { DESK, PHONE, URL, actor, complaints, signedIn } from './browser';
import { dayAhead, opportunityOf, quoteOf, sent } from './given';
import { picture } from './picture';
import { typeDay } from './typing';

const VARIANTS = [
  { name: 'zh-CN', language: 'zh-CN', size: DESK },
  { name: 'en', language: 'en', size: DESK },
  { name: 'phone', language: 'zh-CN', size: PHONE },
] as const;

/** A discount that a rep may not give alone, and that is still above the cost floor. */
const BEYOND = '25';

test('a rep drafts a quote, a manager approves it in place, a revision is compared and sent', async () => {
  const admin = await actor('admin');
  const rep = await signedIn({ login: 'lu' });
  const opportunity = await opportunityOf(rep.context, '净化线扩建');
  await rep.page.goto(`${URL}/opportunities/${opportunity.id}`);
  await rep.page.getByRole('button', { name: '新建报价' }).click();
  const form = rep.page.getByRole('dialog', { name: '新建报价' });
  const choose = async (line: number, product: string) => {
    await form.getByRole('combobox', { name: `产品 ${line}` }).click();
    await rep.page.locator('.ant-select-dropdown:visible .ant-select-item-option', { hasText: product }).click();
  };
  await choose(1, 'LC-SSX-200');
  await form.getByRole('button', { name: '添加一行' }).click();
  await choose(2, 'LC-JHM-060');
  await form.getByLabel('数量 2').fill('3');
  await form.getByLabel('折扣 2').fill(BEYOND);
  await form.getByText('需要审批').first().waitFor();
  await typeDay(form.locator('#delivery_date'), await dayAhead(admin, 45));
  await picture(rep.page, 'quote-editor', 'zh-CN');
  expect(await findings(rep.page)).toEqual([]);
  await form.getByRole('button', { name: /保\s*存/ }).click();
  await rep.page.waitForURL(/\/quotes\/[0-9a-f-]+$/);
  const id = rep.page.url().split('/').at(-1);
  await rep.page.getByRole('button', { name: '提交审批' }).click();
  await rep.page.locator('.page-head').getByText('审批中').waitFor();

  const manager = await signedIn({ login: 'shen' });
  await manager.page.goto(`${URL}/quotes/${id}`);
  await manager.page.getByText('已打开，未决定').waitFor();
  await picture(manager.page, 'quote-approval', 'zh-CN');
  await manager.page.getByRole('button', { name: /驳\s*回/ }).click();
  await manager.page.getByText('驳回时请说明原因').waitFor();
  await manager.page.getByLabel('原因').fill('同意一次性让利，后续按权限执行。');
  await manager.page.getByRole('button', { name: /同\s*意/ }).click();
  await rep.page.locator('.page-head').getByText('已批准').waitFor();

  await rep.page.getByRole('button', { name: /修\s*订/ }).click();
  const revise = rep.page.getByRole('dialog');
  await revise.getByLabel('数量 2').fill('4');
  await revise.getByLabel('折扣 2').fill('2');
  await revise.getByRole('button', { name: /保\s*存/ }).click();
  await revise.waitFor({ state: 'detached' });
  await rep.page.locator('td.changed').first().waitFor();
  expect(await rep.page.locator('td.changed').allTextContents()).toContain('4 台');
  await picture(rep.page, 'quote-revisions', 'zh-CN');
  await rep.page.getByRole('button', { name: '提交审批' }).click();
  await rep.page.getByRole('button', { name: '发送给客户' }).click();
  await rep.page.locator('.ant-modal-confirm').getByRole('button', { name: '发送给客户' }).click();
  await rep.page.locator('.page-head').getByText('已发送').waitFor();
  await rep.page.getByRole('button', { name: '查看 PDF' }).click();
  const frame = rep.page.locator('iframe.paper');
  await frame.waitFor();
  expect(await frame.getAttribute('data-sha256')).toMatch(/^[0-9a-f]{64}$/);
  expect(complaints(rep.page)).toEqual([]);
  expect(complaints(manager.page)).toEqual([]);
});

test('a rejection stands in the quote with its reason, and nobody decides on their own request', async () => {
  const admin = await actor('admin');
  const rep = await signedIn({ login: 'lu' });
  const quote = await quoteOf(rep.context, admin, BEYOND);
  await sent(rep.context, `/api/quotes/${quote.id}/submit`);
  await rep.page.goto(`${URL}/quotes/${quote.id}`);
  await rep.page.getByRole('button', { name: '撤回申请' }).waitFor();
  expect(await rep.page.getByRole('button', { name: /同\s*意/ }).count()).toBe(0);
  const manager = await signedIn({ login: 'shen' });
  await manager.page.goto(`${URL}/quotes/${quote.id}`);
  await manager.page.getByLabel('原因').fill('请先与客户确认交付批次。');
  await manager.page.getByRole('button', { name: /驳\s*回/ }).click();
  await rep.page.locator('.page-head').getByText('已驳回').waitFor();
  await rep.page.getByText('请先与客户确认交付批次。').waitFor();
});

test('another\'s change in between is shown and not overwritten', async () => {
  const admin = await actor('admin');
  const rep = await signedIn({ login: 'lu' });
  const quote = await quoteOf(rep.context, admin, '1');
  await rep.page.goto(`${URL}/quotes/${quote.id}`);
  await rep.page.getByRole('button', { name: /修\s*改/ }).first().click();
  const form = rep.page.getByRole('dialog').first();
  await form.getByLabel('数量 1').fill('9');
  const theirs = { lines: [{ product_code: 'LC-JHM-060', quantity: '7', discount_percent: '1' }], delivery_date: await dayAhead(admin, 60), note: '' };
  const changed = await rep.context.request.put(`${URL}/api/quotes/${quote.id}`, { data: theirs, headers: { 'sec-fetch-site': 'same-origin' } });
  expect(changed.status()).toBe(200);
  await form.getByRole('button', { name: /保\s*存/ }).click();
  const conflict = rep.page.getByRole('dialog', { name: '内容已被他人修改' });
  await conflict.getByText('LC-JHM-060 × 7 −1%').waitFor();
  await conflict.getByRole('button', { name: '以我的为准' }).click();
  await form.getByRole('button', { name: /保\s*存/ }).click();
  await form.waitFor({ state: 'detached' });
  await rep.page.locator('[data-row-key]', { hasText: '9 台' }).waitFor();
});

test.each(VARIANTS)('the list and a quote, $name', async ({ name, language, size }) => {
  const admin = await actor('admin');
  const rep = await actor('lu');
  const quote = await quoteOf(rep, admin, BEYOND);
  const { page } = await signedIn({ login: 'zongjian', language, size });
  await page.goto(`${URL}/quotes`);
  await page.locator('[data-row-key]').first().waitFor();
  await picture(page, 'quotes', name);
  expect(await findings(page)).toEqual([]);
  await page.getByRole('link', { name: quote.number }).click();
  await page.locator('.build-up').waitFor();
  await page.locator('.findings, .panel .good').first().waitFor();
  await picture(page, 'quote', name);
  expect(await findings(page)).toEqual([]);
  expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  expect(complaints(page)).toEqual([]);
});
