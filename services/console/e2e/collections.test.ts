import { expect, test } from 'vitest';

import { findings } from './axe';
import { DESK, PHONE, URL, complaints, signedIn } from './browser';
import { newCompany } from './names';
import { picture } from './picture';

const VARIANTS = [
  { name: 'zh-CN', language: 'zh-CN', size: DESK },
  { name: 'en', language: 'en', size: DESK },
  { name: 'phone', language: 'zh-CN', size: PHONE },
] as const;

test.each(VARIANTS)('the map, a receivable and the bank statements, $name', async ({ name, language, size }) => {
  const { page } = await signedIn({ login: 'caiwu', language, size });
  await page.goto(`${URL}/collections?state=`);
  await page.locator('[data-row-key]').first().waitFor();
  await picture(page, 'collections', name);
  expect(await findings(page)).toEqual([]);
  await page.locator('[data-row-key] a').first().click();
  await page.locator('.ant-timeline').first().waitFor();
  await picture(page, 'receivable', name);
  expect(await findings(page)).toEqual([]);
  await page.goto(`${URL}/collections/statements`);
  await page.locator('.panel').nth(1).waitFor();
  await picture(page, 'statements', name);
  expect(await findings(page)).toEqual([]);
  expect(complaints(page)).toEqual([]);
});

test('a statement that was imported before posts nothing again', async () => {
  const { page } = await signedIn({ login: 'caiwu' });
  await page.goto(`${URL}/collections/statements`);
  const csv = `account,date,amount,currency,counterparty,remittance,reference\n6222000011112222,2026-11-28,88.00,CNY,${newCompany()},无法识别,REF${Date.now()}\n`;
  const file = { name: 'bank.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) };
  await page.locator('input[type=file]').setInputFiles(file);
  await page.getByText('待人工匹配 1').waitFor();
  await page.locator('input[type=file]').setInputFiles(file);
  await page.getByText('该对账单此前已导入，未重复入账').waitFor();
});
