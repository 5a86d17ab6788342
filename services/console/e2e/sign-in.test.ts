import { expect, test } from 'vitest';

import { findings } from './axe';
import { PHONE, URL, complaints, signIn, visitor } from './browser';
import { picture } from './picture';

test.each(['zh-CN', 'en'] as const)('signs in, in %s, with the keyboard alone', async (language) => {
  const page = await visitor({ language });
  await page.goto(`${URL}/?tenant=lanchuan`);
  await page.locator('#login').waitFor();
  await picture(page, 'sign-in', language);
  expect(await findings(page)).toEqual([]);
  await page.locator('#login').focus();
  await page.keyboard.type('zongjian');
  await page.keyboard.press('Tab');
  await page.keyboard.type('yanshi-Zongjian-2026');
  await page.keyboard.press('Enter');
  await page.locator('.shell').waitFor();
  expect(await page.locator('h1').textContent()).toContain('韩述白');
  expect(complaints(page)).toEqual([]);
});

test('a wrong password says so and keeps what was typed', async () => {
  const page = await visitor();
  await page.goto(`${URL}/?tenant=lanchuan`);
  await page.locator('#login').fill('zongjian');
  await page.locator('#password').fill('not the password');
  await page.locator('button[type=submit]').click();
  await page.getByText('账号或密码不正确').waitFor();
  expect(await page.locator('#login').inputValue()).toBe('zongjian');
});

test('scripts cannot read the session, and only the console\'s own scripts run', async () => {
  const page = await signIn({ login: 'lu' });
  expect(await page.evaluate('document.cookie')).not.toContain('sluice_session');
  await page.evaluate("const s = document.createElement('script'); s.textContent = 'window.ran = true'; document.head.append(s)");
  expect(await page.evaluate('window.ran')).toBeUndefined();
});

test('on a phone everything fits into the width', async () => {
  const page = await visitor({ size: PHONE });
  await page.goto(`${URL}/?tenant=lanchuan`);
  await page.locator('#login').waitFor();
  await picture(page, 'sign-in', 'phone');
  expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
});

test('the language can be changed at once', async () => {
  const page = await signIn({ login: 'lu' });
  await page.getByText('English').click();
  await page.getByRole('menuitem', { name: 'Lead desk' }).waitFor();
  expect(await page.evaluate('document.documentElement.lang')).toBe('en');
});
