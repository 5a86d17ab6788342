import { expect, test } from 'vitest';

import { findings } from './axe';
import { DESK, PHONE, URL, complaints, signedIn } from './browser';
import { picture } from './picture';

const VARIANTS = [
  { name: 'zh-CN', language: 'zh-CN', size: DESK, fetch: '获取并核验', verified: '核验通过' },
  { name: 'en', language: 'en', size: DESK, fetch: 'Fetch and verify', verified: 'Verified:' },
  { name: 'phone', language: 'zh-CN', size: PHONE, fetch: '获取并核验', verified: '核验通过' },
] as const;

test.each(VARIANTS)('an auditor verifies the ledger and looks at one record with its proof, $name', async ({ name, language, size, fetch, verified }) => {
  const { page } = await signedIn({ login: 'shenji', language, size });
  await page.goto(`${URL}/evidence`);
  await page.getByRole('button', { name: fetch }).click();
  await page.getByText(verified).waitFor();
  await page.locator('.long [data-row-key]').first().waitFor();
  await picture(page, 'evidence', name);
  expect(await findings(page)).toEqual([]);
  expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  await page.getByRole('searchbox').last().fill('contract.signed');
  await page.getByRole('searchbox').last().press('Enter');
  await page.locator('.long [data-row-key] button').first().click();
  await page.locator('.ant-drawer .record-data').waitFor();
  await page.locator('.ant-drawer .good').waitFor();
  await picture(page, 'evidence-record', name);
  expect(await findings(page)).toEqual([]);
  expect(complaints(page)).toEqual([]);
});

test('an export in which one record was changed is found out, and the record is named', async () => {
  const { page, context } = await signedIn({ login: 'shenji' });
  const text = await (await context.request.get(`${URL}/api/ledger/export`)).text();
  const lines = text.split('\n');
  const at = lines.findIndex((line) => line.includes('contract.signed.v1'));
  const altered = lines.map((line, number) => (number === at ? line.replace('"to\\":\\"signed\\"', '"to\\":\\"draft\\"').replace('\\"to\\":\\"signed\\"', '\\"to\\":\\"draft\\"') : line)).join('\n');
  expect(altered).not.toBe(text);
  await page.goto(`${URL}/evidence`);
  await page.locator('input[type=file]').setInputFiles({ name: 'altered.ndjson', mimeType: 'application/x-ndjson', buffer: Buffer.from(altered) });
  await page.getByText('核验未通过').waitFor();
  await page.getByText('记录内容与登记的指纹不符').first().waitFor();
  await picture(page, 'evidence-altered', 'zh-CN');
  expect(await findings(page)).toEqual([]);
  await page.locator('.ant-alert button.link').first().click();
  await page.locator('.ant-drawer').getByText('重新计算的指纹').waitFor();
});

test('nobody but the auditor gets the ledger', async () => {
  const { page } = await signedIn({ login: 'lu' });
  await page.goto(`${URL}/evidence`);
  await page.getByRole('button', { name: '获取并核验' }).click();
  await page.getByText('您没有查看权限').waitFor();
});
