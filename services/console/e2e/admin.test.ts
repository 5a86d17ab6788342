import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { findings } from './axe';
import { DESK, PHONE, URL, complaints, launch, signedIn } from './browser';
import { picture } from './picture';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

const VARIANTS = [
  { name: 'zh-CN', language: 'zh-CN', size: DESK },
  { name: 'en', language: 'en', size: DESK },
  { name: 'phone', language: 'zh-CN', size: PHONE },
] as const;

test.each(VARIANTS)('people, keys and webhooks, $name', async ({ name, language, size }) => {
  const { page } = await signedIn(browser, { login: 'admin', language, size });
  for (const tab of ['people', 'api-keys', 'webhooks']) {
    await page.goto(`${URL}/admin/${tab}`);
    await page.locator('.ant-tabs-tabpane-active .panel').waitFor();
    await page.waitForTimeout(600);
    await picture(page, `admin-${tab}`, name);
    expect(await findings(page)).toEqual([]);
  }
  expect(complaints(page)).toEqual([]);
});

test('somebody new can be added, and a taken login is said beside its field', async () => {
  const { page } = await signedIn(browser, { login: 'admin' });
  await page.goto(`${URL}/admin/people`);
  await page.getByRole('button', { name: '添加人员' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.locator('#name').fill('新示例');
  await dialog.locator('#org').click();
  await page.locator('.ant-select-item-option').first().click();
  await dialog.locator('#login').fill('lu');
  await dialog.getByRole('button', { name: '保存' }).click();
  await dialog.getByText('该账号已被使用').waitFor();
  const login = `new${Date.now()}`;
  await dialog.locator('#login').fill(login);
  await dialog.getByRole('button', { name: '保存' }).click();
  await dialog.waitFor({ state: 'detached' });
});
