import { expect, test } from 'vitest';

import { findings } from './axe';
import { DESK, PHONE, URL, actor, complaints, signedIn } from './browser';
import { opportunityOf } from './given';
import { newWord } from './names';
import { picture } from './picture';

const VARIANTS = [
  { name: 'zh-CN', language: 'zh-CN', size: DESK },
  { name: 'en', language: 'en', size: DESK },
  { name: 'phone', language: 'zh-CN', size: PHONE },
] as const;

const PARTS = ['people', 'organisation', 'api-keys', 'webhooks', 'outbox', 'dead-letters', 'clock'] as const;

test.each(VARIANTS)('every part of the administration, $name', async ({ name, language, size }) => {
  const { page } = await signedIn({ login: 'admin', language, size });
  for (const part of PARTS) {
    await page.goto(`${URL}/admin/${part}`);
    await page.locator('.panel .ant-table-row, .panel .state svg, .panel time').first().waitFor();
    await picture(page, `admin-${part}`, name);
    expect(await findings(page), part).toEqual([]);
  }
  expect(complaints(page)).toEqual([]);
});

test('a unit is added below another, renamed and removed', async () => {
  const { page } = await signedIn({ login: 'admin' });
  await page.goto(`${URL}/admin/organisation`);
  const slug = `t${Date.now()}`;
  await page.getByRole('button', { name: '添加下级：华北大区' }).click();
  const form = page.getByRole('dialog');
  await form.getByLabel('名称').fill('苏北办事处');
  await form.getByLabel('代号').fill('坏 代号');
  await form.getByRole('button', { name: /保\s*存/ }).click();
  await form.getByText('仅限小写字母').waitFor();
  await form.getByLabel('代号').fill(slug);
  await form.getByRole('button', { name: /保\s*存/ }).click();
  await form.waitFor({ state: 'detached' });
  const row = page.locator('.ant-table-row', { hasText: `/huabei/${slug}/` });
  await row.getByRole('button', { name: '修改：苏北办事处' }).click();
  await page.getByRole('dialog').getByLabel('名称').fill('淮海办事处');
  await page.getByRole('dialog').getByRole('button', { name: /保\s*存/ }).click();
  await row.getByText('淮海办事处').waitFor();
  await row.getByRole('button', { name: '删除“淮海办事处”？' }).click();
  await page.locator('.ant-modal-confirm').getByRole('button', { name: /删\s*除/ }).click();
  await row.waitFor({ state: 'detached' });
});

test('a webhook shows its secret once, and its log; it can be taken away', async () => {
  const { page } = await signedIn({ login: 'admin' });
  await page.goto(`${URL}/admin/webhooks`);
  await page.getByRole('button', { name: '添加 Webhook' }).click();
  const url = `https://hooks.example.com/${Date.now()}`;
  const form = page.getByRole('dialog', { name: '添加 Webhook' });
  await form.getByLabel('地址').fill(url);
  await form.getByRole('button', { name: /保\s*存/ }).click();
  const secret = page.getByRole('dialog', { name: '签名密钥' });
  await secret.getByText('whsec_').waitFor();
  await secret.getByRole('button', { name: /关\s*闭/ }).last().click();
  const row = page.locator('.ant-table-row', { hasText: url });
  await row.getByRole('button', { name: '推送记录' }).click();
  await page.locator('.ant-drawer').getByText('还没有推送').waitFor();
  await page.keyboard.press('Escape');
  await row.getByRole('button', { name: /删\s*除/ }).click();
  await page.locator('.ant-modal-confirm').getByRole('button', { name: /删\s*除/ }).click();
  await row.waitFor({ state: 'detached' });
});

test('operations see what is wrong by line, try a change on the records there are, and publish', async () => {
  const rep = await actor('lu');
  await opportunityOf(rep, '灌装线改造');
  const { page } = await signedIn({ login: 'yunying' });
  await page.goto(`${URL}/admin/processes?process=opportunity`);
  const text = page.getByRole('textbox', { name: '流程定义（YAML）' });
  const before = await text.inputValue();
  await text.fill(before.replace('to: needs', 'to: nowhere'));
  await page.getByRole('button', { name: /校\s*验/ }).click();
  await page.getByText('未知的阶段“nowhere”').waitFor();
  expect(await page.locator('.yaml li.wrong').count()).toBeGreaterThan(0);
  await picture(page, 'process-mistakes', 'zh-CN');
  expect(await findings(page)).toEqual([]);
  await text.fill(before.replace('requires: [decision_chain]', 'requires: []'));
  await page.getByRole('button', { name: '试运行' }).click();
  await page.locator('.moved .good').first().waitFor();
  await page.locator('.moved a').first().waitFor();
  await picture(page, 'process-dry-run', 'zh-CN');
  expect(await findings(page)).toEqual([]);
  await page.goto(`${URL}/admin/processes?process=contract`);
  const contract = await text.inputValue();
  await text.fill(`${contract.trimEnd()}\n# ${newWord()}区试行\n`);
  await page.getByRole('button', { name: /发\s*布/ }).click();
  await page.locator('.ant-modal-confirm').getByRole('button', { name: /发\s*布/ }).click();
  await page.getByText('生效中').waitFor();
  await picture(page, 'process', 'zh-CN');
  await page.getByRole('button', { name: '载入编辑器' }).last().click();
  await page.getByRole('button', { name: '放弃修改' }).waitFor();
  expect(complaints(page)).toEqual([]);
});

test('an auditor reads and changes nothing', async () => {
  const { page } = await signedIn({ login: 'shenji', language: 'en' });
  await page.goto(`${URL}/admin/processes`);
  await page.getByRole('textbox', { name: 'Definition (YAML)' }).waitFor();
  expect(await page.getByRole('button', { name: 'Publish' }).count()).toBe(0);
  await picture(page, 'process', 'en');
  expect(await findings(page)).toEqual([]);
});
