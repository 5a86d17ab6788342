import type { BrowserContext, Page } from 'playwright-core';
import { beforeEach, expect, test } from 'vitest';

import { findings } from './axe';
import { DESK, PHONE, URL, complaints, signedIn } from './browser';
import { until } from './given-review';
import { picture } from './picture';

const VARIANTS = [
  { name: 'zh-CN', language: 'zh-CN', size: DESK },
  { name: 'en', language: 'en', size: DESK },
  { name: 'phone', language: 'zh-CN', size: PHONE },
] as const;
const SCREENS = ['leads', 'customers', 'opportunities', 'quotes', 'contracts', 'receivables'] as const;
const SAME_SITE = { 'sec-fetch-site': 'same-origin' };

interface View {
  id: string;
  name: string;
  is_default: boolean;
}

async function viewsOf(context: BrowserContext, screen: string): Promise<View[]> {
  return ((await (await context.request.get(`${URL}/api/me/views?screen=${screen}`)).json()) as { items: View[] }).items;
}

/** Views of an earlier run are in the way of this one. */
beforeEach(async () => {
  const { context } = await signedIn({ login: 'zongjian' });
  for (const screen of SCREENS) {
    for (const { id } of await viewsOf(context, screen)) await context.request.delete(`${URL}/api/me/views/${id}`, { headers: SAME_SITE });
  }
  await context.close();
});

async function keep(context: BrowserContext, screen: string, name: string, query: string, is_default = false): Promise<void> {
  const made = await context.request.post(`${URL}/api/me/views`, { data: { screen, name, query, is_default }, headers: SAME_SITE });
  if (made.status() !== 201) throw new Error(await made.text());
}

async function choose(page: Page, field: string, option: string): Promise<void> {
  await page.getByRole('combobox', { name: field, exact: true }).click();
  await page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option', { hasText: option }).click();
}

test.each(VARIANTS)('filters are kept as a view and opened again, $name', async ({ name, language, size }) => {
  const { page, context } = await signedIn({ login: 'zongjian', language, size });
  const say = (zh: string, en: string) => (language === 'en' ? en : zh);
  await page.goto(`${URL}/leads?state=duplicate`);
  await page.getByRole('button', { name: say('存为视图', 'Save as view') }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(say('视图名称', 'Name of the view')).fill('重复的');
  await picture(page, 'view-save', name);
  expect(await findings(page)).toEqual([]);
  await dialog.getByRole('button', { name: say('保存', 'Save') }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.waitForURL(/view=/);
  await choose(page, say('视图', 'View'), say('全部', 'All'));
  await page.waitForURL((url) => !url.search.includes('state='));
  await choose(page, say('视图', 'View'), '重复的');
  await page.waitForURL(/state=duplicate/);
  const states = async () => [...new Set(await page.locator('[data-row-key] .word').allTextContents())];
  await expect.poll(states, { timeout: 15_000 }).toEqual([say('重复', 'Duplicate')]);
  await picture(page, 'view', name);
  expect(await findings(page)).toEqual([]);
  expect(await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')).toBeLessThanOrEqual(0);
  expect((await viewsOf(context, 'leads')).map((view) => view.name)).toEqual(['重复的']);
  expect(complaints(page)).toEqual([]);
});

test('a view is changed, renamed, made the default and deleted', async () => {
  const { page, context } = await signedIn({ login: 'zongjian' });
  await keep(context, 'leads', '待联系', 'state=assigned');
  await keep(context, 'leads', '旧名', 'state=touched');
  await page.goto(`${URL}/leads`);
  await choose(page, '视图', '旧名');
  await page.waitForURL(/view=/);
  await choose(page, '来源', '电话');
  await page.waitForURL(/source=phone/);
  const doings = page.getByRole('button', { name: '视图操作' });
  await doings.click();
  await page.getByRole('menuitem', { name: '用当前筛选更新“旧名”' }).click();
  await page.getByText('已保存视图“旧名”').waitFor();

  await doings.click();
  await page.getByRole('menuitem', { name: '重命名' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('视图名称').fill(' ');
  await dialog.getByRole('button', { name: /保\s*存/ }).click();
  await dialog.locator('.ant-form-item-explain-error').waitFor();
  await dialog.getByLabel('视图名称').fill('电话来的');
  await dialog.getByRole('button', { name: /保\s*存/ }).click();
  await dialog.waitFor({ state: 'detached' });

  await doings.click();
  await page.getByRole('menuitem', { name: '设为默认视图' }).press('Enter');
  await until('the default view', async () => (await viewsOf(context, 'leads')).some((view) => view.is_default));
  await page.goto(`${URL}/leads`);
  await page.waitForURL(/source=phone&state=touched|state=touched&source=phone/);
  await page.getByText('电话来的（默认）').first().waitFor();
  await choose(page, '视图', '全部');
  await page.waitForURL(/view=all/);
  await page.reload();
  await page.locator('[data-row-key]').first().waitFor();
  expect(page.url()).not.toContain('state=');

  await choose(page, '视图', '电话来的');
  await doings.click();
  await page.getByRole('menuitem', { name: '删除' }).click();
  await page.locator('.ant-modal-confirm').getByRole('button', { name: /删\s*除/ }).click();
  await page.getByText('已删除视图“电话来的”').waitFor();
  expect((await viewsOf(context, 'leads')).map((view) => view.name)).toEqual(['待联系']);
});

test('a name that was changed elsewhere in between is not overwritten unseen', async () => {
  const { page, context } = await signedIn({ login: 'zongjian' });
  await keep(context, 'leads', '甲', 'state=touched');
  await page.goto(`${URL}/leads?state=touched`);
  await page.getByRole('button', { name: '视图操作' }).click();
  await page.getByRole('menuitem', { name: '重命名' }).click();
  const [view] = await viewsOf(context, 'leads');
  const elsewhere = { screen: 'leads', name: '乙', query: 'state=touched', is_default: false };
  expect((await context.request.put(`${URL}/api/me/views/${view?.id}`, { data: elsewhere, headers: { ...SAME_SITE, 'if-match': '"1"' } })).status()).toBe(200);
  await page.getByRole('dialog').getByLabel('视图名称').fill('丙');
  await page.getByRole('dialog').getByRole('button', { name: /保\s*存/ }).click();
  const conflict = page.getByRole('dialog', { name: '内容已被他人修改' });
  await conflict.getByText('乙').waitFor();
  await conflict.getByText('丙').waitFor();
  await conflict.getByRole('button', { name: '以我的为准' }).click();
  await page.getByRole('dialog').getByRole('button', { name: /保\s*存/ }).click();
  await page.getByText('已保存视图“丙”').waitFor();
});

test.each([
  { path: 'customers', screen: 'customers', query: 'grade=A' },
  { path: 'opportunities', screen: 'opportunities', query: 'frozen=true' },
  { path: 'quotes', screen: 'quotes', query: 'status=draft' },
  { path: 'contracts', screen: 'contracts', query: 'status=signed' },
  { path: 'collections', screen: 'receivables', query: 'state=any' },
])('views of $path', async ({ path, screen, query }) => {
  const { page, context } = await signedIn({ login: 'zongjian' });
  await keep(context, screen, '常用', query);
  await page.goto(`${URL}/${path}`);
  await choose(page, '视图', '常用');
  await page.waitForURL((url) => url.search.includes(query));
  await page.reload();
  await page.locator('.ant-select-content, .ant-select-selection-item', { hasText: '常用' }).first().waitFor();
  expect(await findings(page)).toEqual([]);
  expect(complaints(page)).toEqual([]);
});
