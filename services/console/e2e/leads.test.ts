import { expect, test } from 'vitest';

import { findings } from './axe';
import { DESK, PHONE, URL, actor, complaints, signedIn } from './browser';
import { leadOf } from './given';
import { listeningAt, seenByItself } from './listening';
import { newCompany } from './names';
import { picture } from './picture';

const VARIANTS = [
  { name: 'zh-CN', language: 'zh-CN', size: DESK },
  { name: 'en', language: 'en', size: DESK },
  { name: 'phone', language: 'zh-CN', size: PHONE },
] as const;

test.each(VARIANTS)('the lead desk and the explanation of an assignment, $name', async ({ name, language, size }) => {
  const { page } = await signedIn({ login: 'zongjian', language, size });
  await page.goto(`${URL}/leads`);
  await page.locator('[data-row-key]').first().waitFor();
  await picture(page, 'lead-desk', name);
  expect(await findings(page)).toEqual([]);
  await page.locator('[data-row-key] a').first().click();
  await page.locator('.ant-drawer .ant-descriptions').waitFor();
  await page.locator('.ant-drawer .ant-timeline').first().waitFor();
  if (language === 'en') expect(await page.locator('.ant-drawer .ant-timeline').allInnerTexts()).not.toContainEqual(expect.stringMatching(/规则“|人工改派|待办 \d|跳过/));
  await picture(page, 'lead', name);
  expect(await findings(page)).toEqual([]);
  expect(complaints(page)).toEqual([]);
});

test('filters stand in the address and survive a reload', async () => {
  const { page } = await signedIn({ login: 'zongjian' });
  await page.goto(`${URL}/leads`);
  await page.locator('[data-row-key]').first().waitFor();
  await page.getByRole('combobox', { name: '状态' }).click();
  await page.locator('.ant-select-item-option', { hasText: '重复' }).click();
  await page.waitForURL(/state=duplicate/);
  await page.reload();
  await page.locator('[data-row-key]').first().waitFor();
  const states = await page.locator('[data-row-key] .word').allTextContents();
  expect(new Set(states)).toEqual(new Set(['重复']));
});

test('a file is mapped, previewed and imported, and each refused row says why', async () => {
  const { page } = await signedIn({ login: 'zongjian' });
  await page.goto(`${URL}/leads`);
  await page.getByRole('button', { name: '导入 CSV' }).click();
  const company = newCompany();
  const csv = `客户单位,手机,预算,颜色\r\n${company},139${String(Date.now()).slice(-8)},120000,红\r\n,13900000000,1,蓝\r\n`;
  await page.locator('input[type=file]').setInputFiles({ name: 'leads.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
  const dialog = page.getByRole('dialog');
  await dialog.getByText('未找到必需的列').waitFor();
  await dialog.getByRole('combobox', { name: '客户单位' }).click();
  await page.locator('.ant-select-item-option', { hasText: /^公司$/ }).last().click();
  await dialog.getByRole('button', { name: '开始导入' }).click();
  await dialog.getByText('成功 1').waitFor();
  await dialog.getByText('失败 1').waitFor();
  await picture(page, 'lead-import', 'zh-CN');
  expect(await dialog.locator('[data-row-key]').first().textContent()).toContain('失败');
  expect(await findings(page)).toEqual([]);
});

test('a rep sees a lead that a manager assigns, without asking', async () => {
  const manager = await actor('zongjian');
  const rep = await signedIn({ login: 'cheng' });
  const company = newCompany();
  await listeningAt(rep.page, '/leads');
  await rep.page.locator('.filters').waitFor();
  await leadOf(manager, '程以安', company);
  await seenByItself(rep.page.getByText(company).first().waitFor());
});
