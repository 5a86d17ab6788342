import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';

import { findings } from './axe';
import { DESK, PHONE, URL, complaints, signedIn } from './browser';
import { newWord } from './names';
import { picture } from './picture';

const VARIANTS = [
  { name: 'zh-CN', language: 'zh-CN', size: DESK },
  { name: 'en', language: 'en', size: DESK },
  { name: 'phone', language: 'zh-CN', size: PHONE },
] as const;

const SAID = {
  'zh-CN': '预算不低于 5 万元且不高于 20 万元、区域在华东的线索，分给程以安、顾南枝或陆书遥；没有合适的人时继续尝试下一条规则。',
  en: 'Leads with a budget of at least ¥50,000 and at most ¥200,000, in the region 华东 go to 程以安, 顾南枝, or 陆书遥; if nobody fits, the next rule is tried.',
};

async function fitsTheScreen(page: Page): Promise<void> {
  expect(await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')).toBeLessThanOrEqual(0);
}

test.each(VARIANTS)('the rules as sentences, and one of them opened, $name', async ({ name, language, size }) => {
  const { page } = await signedIn({ login: 'yunying', language, size });
  await page.goto(`${URL}/leads`);
  await page.getByRole('link', { name: language === 'en' ? 'Routing rules' : '分配规则' }).click();
  await page.getByText(SAID[language]).waitFor();
  await picture(page, 'routing-rules', name);
  expect(await findings(page)).toEqual([]);
  await fitsTheScreen(page);
  await page.getByRole('link', { name: '5–20 万·华东', exact: true }).click();
  await page.locator('.phrase[data-part=who]').click();
  await page.locator('.phrase-editor .candidate').first().waitFor();
  await picture(page, 'routing-rule', name);
  expect(await findings(page)).toEqual([]);
  await fitsTheScreen(page);
  expect(complaints(page)).toEqual([]);
});

test('a rule is written phrase by phrase, with the keyboard alone, and read back as the sentence', async () => {
  const { page } = await signedIn({ login: 'yunying' });
  const name = `${newWord()}区域优先`;
  await page.goto(`${URL}/leads/rules/new`);
  await page.getByLabel('规则名称').fill(name);
  const sentence = page.locator('.sentence');
  expect(await sentence.textContent()).toBe('所有线索，分给全公司负载最低的人；没有合适的人时继续尝试下一条规则。');

  await page.getByRole('button', { name: '来源', exact: true }).press('Enter');
  expect(await sentence.textContent()).toContain('来源是＿＿的线索');
  await page.keyboard.press('Space');
  await page.keyboard.press('Escape');
  expect(await page.evaluate('document.activeElement.textContent')).toBe('来源是官网表单');

  await page.getByRole('button', { name: '预算', exact: true }).press('Enter');
  await page.getByLabel('下限金额').fill('200000');
  await page.getByRole('button', { name: '完成' }).press('Enter');

  await page.getByRole('button', { name: '区域', exact: true }).press('Enter');
  await page.keyboard.type('西藏');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: '其他字段' }).press('Enter');
  await page.getByRole('textbox', { name: '内容' }).fill('研究院');

  await page.locator('.phrase[data-part=who]').press('Enter');
  await page.getByRole('radio', { name: '指定人员，按百分比' }).check();
  await choose(page, '第 1 位', '陆书遥');
  await page.getByRole('button', { name: '添加人员' }).click();
  await choose(page, '第 2 位', '程以安');
  await page.getByRole('spinbutton', { name: '第 1 位的百分比' }).fill('60');
  await page.getByRole('spinbutton', { name: '第 2 位的百分比' }).fill('30');
  await page.getByRole('button', { name: '级别' }).click();
  await page.locator('.phrase[data-part=fallback]').click();
  await page.getByRole('radio', { name: '进入待分配池' }).check();
  await choose(page, '哪个部门的待分配池', '华东大区');
  expect(await sentence.textContent()).toBe(
    '来源是官网表单、预算高于 20 万元、区域在西藏、公司名称包含“研究院”的线索，按比例分给陆书遥（60%）和程以安（30%），仅限资深销售；没有合适的人时进入华东大区的待分配池。',
  );

  await page.getByRole('button', { name: /保\s*存/ }).click();
  await page.getByText('百分比须大于零且合计为 100').waitFor();
  expect(await page.locator('.phrase.wrong').textContent()).toContain('按比例分给');
  expect(await findings(page)).toEqual([]);
  await picture(page, 'routing-rule-refused', 'zh-CN');
  await page.locator('.ant-alert .link').click();
  await page.getByRole('button', { name: '平均分配' }).click();
  await page.getByRole('button', { name: /保\s*存/ }).click();
  await page.waitForURL(/\/leads\/rules$/);

  const line = page.locator('.rule', { hasText: name });
  await line.getByText('按比例分给陆书遥（50%）和程以安（50%），仅限资深销售；没有合适的人时进入华东大区的待分配池。').waitFor();
  await line.getByRole('button', { name: `删除“${name}”` }).click();
  await page.locator('.ant-modal-confirm').getByRole('button', { name: /删\s*除/ }).click();
  await line.waitFor({ state: 'detached' });
});

test('rules are moved with the keyboard, which stays where it is, and switched off and on', async () => {
  const { page } = await signedIn({ login: 'yunying' });
  await page.goto(`${URL}/leads/rules`);
  const names = page.locator('.rule a.strong');
  await names.first().waitFor();
  const before = await names.allTextContents();
  const moving = before[1] ?? '';
  await page.getByRole('button', { name: `下移“${moving}”` }).press('Enter');
  await page.getByText(`“${moving}”现在是第 3 条`).waitFor({ state: 'attached' });
  await expect.poll(async () => (await names.allTextContents())[2]).toBe(moving);
  expect(await page.evaluate('document.activeElement.getAttribute("aria-label")')).toBe(`下移“${moving}”`);
  await page.getByRole('button', { name: `上移“${moving}”` }).press('Enter');
  await expect.poll(() => names.allTextContents()).toEqual(before);

  const line = page.locator('.rule', { hasText: moving });
  await line.getByRole('switch').press('Space');
  await line.getByText('已停用').waitFor();
  expect(await findings(page)).toEqual([]);
  await line.getByRole('switch').press('Space');
  await line.getByText('已停用').waitFor({ state: 'detached' });
});

test('a rule is dragged to another place', async () => {
  const { page } = await signedIn({ login: 'yunying' });
  await page.goto(`${URL}/leads/rules`);
  const names = page.locator('.rule a.strong');
  await names.first().waitFor();
  const before = await names.allTextContents();
  const [first, second, third] = before as [string, string, string];
  const ruleOf = (name: string) => page.locator('.rule').filter({ has: page.getByRole('link', { name, exact: true }) });
  await ruleOf(first).locator('.handle').dragTo(ruleOf(third));
  await page.getByText(`“${first}”现在是第 3 条`).waitFor({ state: 'attached' });
  await expect.poll(async () => (await names.allTextContents()).slice(0, 3)).toEqual([second, third, first]);
  await page.reload();
  await expect.poll(async () => (await names.allTextContents()).slice(0, 3)).toEqual([second, third, first]);
  await ruleOf(first).locator('.handle').dragTo(ruleOf(second));
  await expect.poll(() => names.allTextContents()).toEqual(before);
});

test('two who change a rule at once see both versions', async () => {
  const [first, second] = [await signedIn({ login: 'yunying' }), await signedIn({ login: 'yunying' })];
  for (const { page } of [first, second]) {
    await page.goto(`${URL}/leads/rules`);
    await page.getByRole('link', { name: '华北与华中', exact: true }).click();
    await page.locator('.sentence').waitFor();
  }
  await first.page.getByRole('button', { name: '级别' }).click();
  await first.page.getByRole('button', { name: /保\s*存/ }).click();
  await first.page.waitForURL(/\/leads\/rules$/);
  await second.page.getByRole('button', { name: '行业技能' }).click();
  await second.page.getByRole('button', { name: /保\s*存/ }).click();
  const dialog = second.page.getByRole('dialog');
  await dialog.getByText('仅限资深销售', { exact: false }).waitFor();
  await dialog.getByText('须具备线索所属行业的技能', { exact: false }).waitFor();
  expect(await findings(second.page)).toEqual([]);
  await dialog.getByRole('button', { name: '以我的为准' }).click();
  await second.page.getByRole('button', { name: '去掉这一要求' }).click();
  await second.page.getByRole('button', { name: /保\s*存/ }).click();
  await second.page.waitForURL(/\/leads\/rules$/);
});

test('a manager reads the rules, and nobody else sees them', async () => {
  const manager = await signedIn({ login: 'zongjian' });
  await manager.page.goto(`${URL}/leads/rules`);
  await manager.page.getByText(SAID['zh-CN']).waitFor();
  expect(await manager.page.locator('.rule button').count()).toBe(0);
  const rep = await signedIn({ login: 'lu' });
  await rep.page.goto(`${URL}/leads/rules`);
  await rep.page.getByText('您没有查看权限').waitFor();
  await rep.page.goto(`${URL}/leads/rules/new`);
  await rep.page.getByText('您没有查看权限').waitFor();
});

async function choose(page: Page, field: string, option: string): Promise<void> {
  await page.getByRole('combobox', { name: field, exact: true }).click();
  await page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option', { hasText: option }).click();
}
