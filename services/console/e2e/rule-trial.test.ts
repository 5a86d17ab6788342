import { expect, test } from 'vitest';

import { findings } from './axe';
import { DESK, PHONE, URL, complaints, signedIn } from './browser';
import { picture } from './picture';

const VARIANTS = [
  { name: 'zh-CN', language: 'zh-CN', size: DESK },
  { name: 'en', language: 'en', size: DESK },
  { name: 'phone', language: 'zh-CN', size: PHONE },
] as const;

test('a written sentence fills the phrases; the word that is not understood is marked and nothing typed is lost', async () => {
  const { page } = await signedIn({ login: 'yunying' });
  await page.goto(`${URL}/leads/rules/new`);
  const written = page.getByLabel('用一句话写规则');
  await written.fill('预算>20万的线索，优先分给张三丰');
  await written.press('Enter');
  await page.locator('.unclear mark').waitFor();
  expect(await page.locator('.unclear mark').textContent()).toBe('张三丰');
  expect(await page.locator('.unclear').textContent()).toBe('预算>20万的线索，优先分给张三丰');
  expect(await written.inputValue()).toBe('预算>20万的线索，优先分给张三丰');
  await picture(page, 'routing-rule-unclear', 'zh-CN');
  await page.getByLabel('规则名称').fill('大单');
  await page.getByRole('button', { name: '保存' }).click();
  await page.getByText('写下的规则还没有识别').waitFor();
  expect(await findings(page)).toEqual([]);
  await written.fill('预算>20万且来自官网的线索，优先分给陆书遥或程以安');
  await page.getByRole('button', { name: '识别' }).click();
  await page.getByText('已识别为').waitFor();
  expect(await page.locator('.sentence').textContent()).toContain('来源是官网表单、预算高于 20 万元的线索，分给陆书遥或程以安');
  expect(complaints(page)).toEqual([]);
});

test.each(VARIANTS)('a rule is tried on past leads before it is saved, $name', async ({ name, language, size }) => {
  const { page } = await signedIn({ login: 'yunying', language, size });
  await page.goto(`${URL}/leads/rules`);
  await page.getByRole('link', { name: '5–20 万·华东', exact: true }).click();
  await page.getByRole('button', { name: language === 'en' ? 'Try it' : '开始试算' }).click();
  await page.locator('.figures').waitFor();
  await page.locator('.figures').scrollIntoViewIfNeeded();
  await page.locator('[data-row-key] a[href^="/leads/"]').first().waitFor();
  await picture(page, 'routing-rule-dry-run', name);
  expect(await findings(page)).toEqual([]);
  expect(await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')).toBeLessThanOrEqual(0);
  await page.getByRole('button', { name: language === 'en' ? 'Level' : '级别' }).click();
  await page.getByText(language === 'en' ? 'The rule has changed since' : '规则已有修改').waitFor();
  expect(complaints(page)).toEqual([]);
});
