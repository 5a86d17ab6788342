import { expect, test } from 'vitest';

import { findings } from './axe';
import { DESK, PHONE, URL, actor, complaints, signedIn } from './browser';
import { leadOf } from './given';
import { newCompany } from './names';
import { picture } from './picture';

const VARIANTS = [
  { name: 'zh-CN', language: 'zh-CN', size: DESK },
  { name: 'en', language: 'en', size: DESK },
  { name: 'phone', language: 'zh-CN', size: PHONE },
] as const;

test.each(VARIANTS)('the to-dos of a manager, $name', async ({ name, language, size }) => {
  const { page } = await signedIn({ login: 'zongjian', language, size });
  await page.goto(URL);
  await page.locator('.panel .item, .panel .state svg').first().waitFor();
  if (language === 'en') expect(await page.locator('.said').allInnerTexts()).not.toContainEqual(expect.stringMatching(/请|已|分钟内/));
  await picture(page, 'home', name);
  expect(await findings(page)).toEqual([]);
  expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  expect(complaints(page)).toEqual([]);
});

test('a rep records the first contact from the to-do, and it is gone', async () => {
  const manager = await actor('zongjian');
  const lead = await leadOf(manager, '苏晚禾', newCompany());
  const { page, context } = await signedIn({ login: 'su' });
  await page.goto(URL);
  const row = page.locator('.item', { hasText: lead.company }).first();
  await row.getByRole('button', { name: '登记联系' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: /登\s*记/ }).click();
  await dialog.getByText('必填').first().waitFor();
  await dialog.getByLabel('编号或链接').fill('wecom://chat/2026-11-28/001');
  await dialog.getByRole('button', { name: /登\s*记/ }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.locator('.item', { hasText: lead.company }).getByText('补全筛选表').first().waitFor();
  const after = (await (await context.request.get(`${URL}/api/leads/${lead.id}`)).json()) as { state: string };
  expect(after.state).toBe('touched');
});
