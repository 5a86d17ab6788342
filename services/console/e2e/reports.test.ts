import { expect, test } from 'vitest';

import { findings } from './axe';
import { DESK, PHONE, URL, complaints, signedIn } from './browser';
import { picture } from './picture';
import { typeDay } from './typing';

const VARIANTS = [
  { name: 'zh-CN', language: 'zh-CN', size: DESK },
  { name: 'en', language: 'en', size: DESK },
  { name: 'phone', language: 'zh-CN', size: PHONE },
] as const;

/** The demonstration's time is ahead of the clock on the wall. */
const ALL = 'from=2026-01-01&until=2027-12-31';

test.each(VARIANTS)('charts with their tables, and the records behind a figure, $name', async ({ name, language, size }) => {
  const { page } = await signedIn({ login: 'zongjian', language, size });
  await page.goto(`${URL}/reports?${ALL}`);
  await page.locator('.chart svg').nth(1).waitFor();
  await page.locator('.ageing-bar, .figure').first().waitFor();
  await picture(page, 'reports', name);
  expect(await findings(page)).toEqual([]);
  expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  await page.locator('.ant-table-row').first().getByRole('button').click();
  await page.locator('.ant-drawer li a').first().waitFor();
  expect(await findings(page)).toEqual([]);
  expect(complaints(page)).toEqual([]);
});

test('a time without anything says so, and the period stands in the address', async () => {
  const { page } = await signedIn({ login: 'zongjian' });
  await page.goto(`${URL}/reports?from=2020-01-01&until=2020-02-01`);
  await page.getByText('该时段没有收到线索。').waitFor();
  await picture(page, 'reports-empty', 'zh-CN');
  expect(await findings(page)).toEqual([]);
  await typeDay(page.getByLabel('开始日期'), '2020-01-05');
  await page.waitForURL(/from=2020-01-05/);
});

test('a coach sees how well visits go, without money', async () => {
  const { page } = await signedIn({ login: 'jiaolian' });
  await page.goto(`${URL}/reports?${ALL}`);
  await page.getByRole('heading', { name: '高质量应答占比' }).waitFor();
  await page.getByText('按异议').click();
  await page.locator('.chart').first().waitFor();
  expect(await page.getByRole('heading', { name: '账龄' }).count()).toBe(0);
});
