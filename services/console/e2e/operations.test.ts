import { afterAll, beforeAll, expect, test } from 'vitest';

import { findings } from './axe';
import { type Actor, URL, actor, complaints, signedIn } from './browser';
import { leadOf, sent } from './given';
import { ask, until } from './given-review';
import { newCompany } from './names';
import { picture } from './picture';

let admin: Actor;
let manager: Actor;
beforeAll(async () => {
  [admin, manager] = await Promise.all([actor('admin'), actor('zongjian')]);
});

const RULES = `${URL}/api/channels/rules`;
const sameSite = { 'sec-fetch-site': 'same-origin' };

/** A rule whose message names a field that its event does not have: the event cannot be handled while it is in force. */
const UNWRITABLE = { event: 'lead.received.v1', audience: [{ role: 'administrator' }], template: 'lead_assigned', channels: [] };

/** The rules as they come with the product. */
const defaultRules = () => admin.request.delete(RULES, { headers: sameSite });
afterAll(defaultRules);

test('an event that could not be handled says why, is refused again while its cause lasts, and is handled once that is mended', async () => {
  const { rules } = await ask<{ rules: object[] }>(admin, '/api/channels/rules');
  const replaced = await admin.request.put(RULES, { data: { rules: [...rules, UNWRITABLE] }, headers: sameSite });
  expect(replaced.status(), await replaced.text()).toBe(200);
  const parked = async () => (await ask<{ id: string; detail: string | null }[]>(admin, '/api/dead-letters/notifier')).filter(({ detail }) => detail?.includes('lead_assigned')).map(({ id }) => id);
  const before = await parked();
  await leadOf(manager, '程以安', newCompany());
  const id = await until('the dead letter', async () => (await parked()).find((one) => !before.includes(one)));
  const { page } = await signedIn({ login: 'admin' });
  await page.goto(`${URL}/admin/dead-letters`);
  const letter = page.locator(`.ant-table-row[data-row-key="${id}"]`);
  await letter.waitFor();
  await letter.getByText('模板缺少内容，无法生成消息').waitFor();
  await picture(page, 'admin-dead-letter', 'zh-CN');
  expect(await findings(page)).toEqual([]);
  await letter.getByRole('button', { name: '重新处理' }).click();
  await page.getByRole('alert').first().waitFor();
  await letter.getByRole('button', { name: '重新处理' }).waitFor();
  expect((await defaultRules()).status()).toBe(200);
  await letter.getByRole('button', { name: '重新处理' }).click();
  await letter.getByText('已重新处理').waitFor();
  expect(complaints(page)).toEqual([]);
});

test('a message to a webhook is seen in its log with every attempt, and sent again', async () => {
  const url = `https://hooks.example.com/${Date.now()}`;
  const hook = await sent<{ id: string }>(admin, '/api/webhooks', { url, description: '经销商系统', event_types: ['lead.received.v1'], enabled: true });
  await leadOf(manager, '程以安', newCompany());
  await until('a message', async () => (await ask<{ items: { state: string }[] }>(admin, `/api/webhooks/${hook.id}/deliveries`)).items.some(({ state }) => state === 'sent'));
  const { page } = await signedIn({ login: 'admin' });
  await page.goto(`${URL}/admin/webhooks`);
  await page.locator('.ant-table-row', { hasText: url }).getByRole('button', { name: '推送记录' }).click();
  const log = page.locator('.ant-drawer');
  await log.getByText('成功').first().waitFor();
  await log.locator('.ant-table-row-expand-icon').first().click();
  await log.locator('.reasons li').first().waitFor();
  await log.getByRole('button', { name: '重新推送' }).first().click();
  await log.locator('.reasons li').nth(1).waitFor();
  await picture(page, 'admin-webhook-log', 'zh-CN');
  expect(await findings(page)).toEqual([]);
  await admin.request.delete(`${URL}/api/webhooks/${hook.id}`, { headers: sameSite });
  expect(complaints(page)).toEqual([]);
});
