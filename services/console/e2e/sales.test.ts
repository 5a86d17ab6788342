import { expect, test } from 'vitest';

import { findings } from './axe';
import { DESK, PHONE, URL, actor, complaints, signedIn } from './browser';
import { newWord } from './names';
import { totp } from './totp';
import { picture } from './picture';

interface Page<T> {
  items: T[];
}
interface Opportunity {
  id: string;
  stage: string;
  version: number;
  subject: string;
}

const VARIANTS = [
  { name: 'zh-CN', language: 'zh-CN', size: DESK },
  { name: 'en', language: 'en', size: DESK },
  { name: 'phone', language: 'zh-CN', size: PHONE },
] as const;

test.each(VARIANTS)('customers, opportunities and their pages, $name', async ({ name, language, size }) => {
  const { page } = await signedIn({ login: 'zongjian', language, size });
  await page.goto(`${URL}/customers`);
  await page.locator('[data-row-key]').first().waitFor();
  await picture(page, 'customers', name);
  expect(await findings(page)).toEqual([]);
  await page.locator('[data-row-key] a').first().click();
  await page.locator('.ant-timeline').first().waitFor();
  await page.locator('.reasons').getByText(language === 'en' ? /contact/ : /联系/).waitFor();
  await picture(page, 'customer', name);
  expect(await findings(page)).toEqual([]);
  await page.goto(`${URL}/opportunities`);
  await page.locator('[data-row-key]').first().waitFor();
  await picture(page, 'opportunities', name);
  expect(await findings(page)).toEqual([]);
  await page.locator('[data-row-key] a').first().click();
  await page.locator('.budgets').waitFor();
  await page.locator('.ant-timeline').first().waitFor();
  await picture(page, 'opportunity', name);
  expect(await findings(page)).toEqual([]);
  expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  expect(complaints(page)).toEqual([]);
});

test('a closed gate says what is missing, takes it, and opens', async () => {
  const { page, context } = await signedIn({ login: 'lu' });
  const customers = (await (await context.request.get(`${URL}/api/customers?limit=1`)).json()) as Page<{ id: string }>;
  const customer = customers.items[0];
  if (!customer) throw new Error('the demonstration gave this rep no customer');
  const opened = await context.request.post(`${URL}/api/opportunities`, {
    data: { customer_id: customer.id, subject: `${newWord()}二期温控改造` },
    headers: { 'sec-fetch-site': 'same-origin' },
  });
  const opportunity = (await opened.json()) as Opportunity;
  await page.goto(`${URL}/opportunities/${opportunity.id}`);
  const gate = page.locator('.gate', { hasText: '需求确认' });
  await gate.getByText('缺少“决策链”').waitFor();
  await picture(page, 'opportunity-gate', 'zh-CN');
  await gate.getByRole('button', { name: '补充' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('拍板人').click();
  await dialog.getByLabel('拜访纪要').fill('与拍板人确认了改造范围。');
  await dialog.getByLabel('下一步', { exact: true }).fill('安排技术勘察');
  await dialog.getByRole('button', { name: /保\s*存/ }).click();
  await dialog.waitFor({ state: 'detached' });
  await gate.getByRole('button', { name: '推进' }).click();
  await page.getByRole('dialog').getByRole('button', { name: /确\s*认/ }).click();
  await page.locator('.page-head').getByText('需求确认').waitFor();
  await page.locator('.gate', { hasText: '方案报价' }).getByText('缺少“成本底线”').waitFor();
});

test('the cost floor asks for the second factor and is then saved', async () => {
  const admin = await actor('admin');
  const { page, context } = await signedIn({ login: 'jishu', anew: true });
  const list = (await (await context.request.get(`${URL}/api/opportunities?stage=needs&limit=1`)).json()) as Page<Opportunity>;
  const opportunity = list.items[0];
  if (!opportunity) throw new Error('there is no opportunity whose needs are settled');
  await page.goto(`${URL}/opportunities/${opportunity.id}`);
  await page.locator('.budget', { hasText: '成本底线' }).getByRole('button').click();
  const form = page.getByRole('dialog', { name: '成本底线' });
  await form.locator('#low').fill('860000');
  await form.locator('#high').fill('900000');
  await form.locator('#basis').fill('物料清单与人工成本核算');
  await form.getByRole('button', { name: /保\s*存/ }).click();
  const dialog = page.getByRole('dialog', { name: '二次验证' });
  await dialog.locator('#code').fill(await totp(admin, 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'));
  await dialog.getByRole('button', { name: '验证并继续' }).click();
  await form.waitFor({ state: 'detached' });
  await page.locator('.budget', { hasText: '成本底线' }).getByText('¥860,000.00').first().waitFor();
});

test('another\'s change in between is shown and not overwritten', async () => {
  const { page, context } = await signedIn({ login: 'lu' });
  const list = (await (await context.request.get(`${URL}/api/opportunities?stage=needs&limit=1`)).json()) as Page<Opportunity>;
  const opportunity = list.items[0];
  if (!opportunity) throw new Error('there is no opportunity whose needs are settled');
  await page.goto(`${URL}/opportunities/${opportunity.id}`);
  await page.getByRole('button', { name: /修\s*改/ }).first().click();
  const form = page.getByRole('dialog', { name: '修改商机' });
  await form.locator('#pain').fill('我的说法');
  const theirs = await context.request.patch(`${URL}/api/opportunities/${opportunity.id}`, {
    data: { pain: '对方的说法' },
    headers: { 'sec-fetch-site': 'same-origin' },
  });
  expect(theirs.status()).toBe(200);
  await form.getByRole('button', { name: /保\s*存/ }).click();
  const conflict = page.getByRole('dialog', { name: '内容已被他人修改' });
  await conflict.getByText('对方的说法').waitFor();
  await conflict.getByText('我的说法').waitFor();
  await picture(page, 'conflict', 'zh-CN');
  await conflict.getByRole('button', { name: '以我的为准' }).click();
  expect(await form.locator('#pain').inputValue()).toBe('我的说法');
  await form.getByRole('button', { name: /保\s*存/ }).click();
  await form.waitFor({ state: 'detached' });
});

test('a rep cannot see another\'s customer by its address', async () => {
  const manager = await actor('zongjian');
  const reps = (await (await manager.request.get(`${URL}/api/people?name=${encodeURIComponent('方屿声')}`)).json()) as Page<{ id: string }>;
  const all = (await (await manager.request.get(`${URL}/api/customers?limit=200`)).json()) as Page<{ id: string; owner_id: string; company: string }>;
  const foreign = all.items.find((customer) => customer.owner_id !== reps.items[0]?.id);
  if (!foreign) throw new Error('the demonstration has no customers');
  const { page } = await signedIn({ login: 'fang' });
  await page.goto(`${URL}/customers/${foreign.id}`);
  await page.locator('.state').getByText(/找不到该内容|您没有查看权限/).waitFor();
  expect(await page.locator('body').textContent()).not.toContain(foreign.company);
});
