import type { Locator, Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';

import { findings } from './axe';
import { DESK, PHONE, URL, actor, complaints, signedIn } from './browser';
import { opportunityOf, quoteOf } from './given';
import { type Field, changeField, fieldOf, newKey, retireAll } from './given-custom';
import { ask, until } from './given-review';
import { picture } from './picture';

const VARIANTS = [
  { name: 'zh-CN', language: 'zh-CN', size: DESK },
  { name: 'en', language: 'en', size: DESK },
  { name: 'phone', language: 'zh-CN', size: PHONE },
] as const;

interface Custom {
  id: string;
  custom: Record<string, unknown>;
}
interface List<T> {
  items: T[];
}

beforeAll(retireAll);

const save = (form: Locator) => form.getByRole('button', { name: /保\s*存|Save/ }).click();
const fits = async (page: Page) => expect(await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')).toBeLessThanOrEqual(0);
/** The input of a form with this label, and what is said beneath it. */
const itemOf = (form: Locator, label: string) => form.locator('.ant-form-item', { hasText: label });

async function choose(page: Page, field: Locator, option: string): Promise<void> {
  await field.click();
  await page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option', { hasText: option }).click();
}

/** What a customer is asked for: one field of every type. */
const customerFields = async () => ({
  staff: await fieldOf('customer', { label: { zh: '员工人数', en: 'Staff' }, type: 'number', position: 10 }),
  size: await fieldOf('customer', { label: { zh: '企业规模', en: 'Size' }, type: 'choice', choices: ['大型', '中型', '小型'], required: true, position: 20 }),
  since: await fieldOf('customer', { label: { zh: '成立日期', en: 'Founded' }, type: 'date', position: 30 }),
  listed: await fieldOf('customer', { label: { zh: '是否上市', en: 'Listed' }, type: 'yes_no', position: 40 }),
  // Without an English name it has the Chinese one everywhere.
  note: await fieldOf('customer', { label: { zh: '集团归属', en: '' }, type: 'text', position: 50 }),
});

test.each(VARIANTS)('the fields of a kind of record, and what they are for where there are none, $name', async ({ name, language, size }) => {
  await customerFields();
  const { page } = await signedIn({ login: 'yunying', language, size });
  await page.goto(`${URL}/admin/custom-fields`);
  const rows = page.locator('.custom-fields .ant-table-row:not(.retired)');
  await rows.nth(4).waitFor();
  expect((await rows.locator('.strong').allTextContents()).at(-1)).toBe('集团归属');
  await picture(page, 'admin-custom-fields', name);
  expect(await findings(page)).toEqual([]);
  await fits(page);
  await page.goto(`${URL}/admin/custom-fields?resource=visit`);
  await page.locator('.panel .state, .custom-fields .retired').first().waitFor();
  await picture(page, 'admin-custom-fields-none', name);
  expect(await findings(page)).toEqual([]);
  expect(complaints(page)).toEqual([]);
});

test('a field is added, refused where it is wrong, moved, changed, retired and brought back', async () => {
  const first = await fieldOf('customer', { label: { zh: '甲字段', en: '' }, type: 'text', position: 10 });
  const { page } = await signedIn({ login: 'yunying' });
  await page.goto(`${URL}/admin/custom-fields`);
  await page.getByRole('button', { name: '添加字段' }).click();
  const form = page.getByRole('dialog', { name: '添加字段：客户' });
  await form.getByLabel('中文名称').fill('招标方式');
  await form.getByLabel('标识').fill('坏 标识');
  await choose(page, form.getByRole('combobox', { name: '类型' }), '单选');
  await save(form);
  await itemOf(form, '标识').getByText('以小写字母开头').waitFor();
  await itemOf(form, '选项').locator('.ant-form-item-explain-error').waitFor();
  await form.getByLabel('选项').fill('公开招标\n\n邀请招标');
  await form.getByLabel('标识').fill(first.key);
  await save(form);
  // The server knows that the key is taken.
  await itemOf(form, '标识').locator('.ant-form-item-explain-error').waitFor();
  expect(await form.getByLabel('选项').inputValue()).toBe('公开招标\n\n邀请招标');
  await picture(page, 'admin-custom-field', 'zh-CN');
  expect(await findings(page)).toEqual([]);
  const key = newKey('tender');
  await form.getByLabel('标识').fill(key);
  await save(form);
  await form.waitFor({ state: 'detached' });
  const row = page.locator('.custom-fields .ant-table-row', { hasText: key });
  await row.getByText('公开招标、邀请招标').waitFor();

  await row.getByRole('button', { name: '上移“招标方式”' }).click();
  await page.getByText('“招标方式”现在排第 1，共 2 个').waitFor({ state: 'attached' });
  // At the top it can be moved no further: the keyboard goes on with the way down.
  expect(await page.evaluate('document.activeElement?.getAttribute("aria-label")')).toBe('下移“招标方式”');
  expect(await page.locator('.custom-fields .ant-table-row:not(.retired) .strong').allTextContents()).toEqual(['招标方式', '甲字段']);

  const operations = await actor('yunying');
  const kept = async () => (await ask<Field[]>(operations, '/api/custom-fields/crm')).find((one) => one.key === key) as Field;
  await row.getByRole('button', { name: '修改“招标方式”' }).click();
  const change = page.getByRole('dialog', { name: '修改字段：招标方式' });
  await change.getByLabel('中文名称').fill('我起的名');
  await changeField(await kept(), { label: { zh: '对方起的名', en: '' } });
  await save(change);
  const conflict = page.getByRole('dialog', { name: '内容已被他人修改' });
  await conflict.getByRole('cell', { name: '对方起的名' }).waitFor();
  await conflict.getByRole('button', { name: '以我的为准' }).click();
  await conflict.waitFor({ state: 'detached' });
  await save(change);
  await change.waitFor({ state: 'detached' });

  await row.getByRole('button', { name: '停用“我起的名”' }).click();
  await page.locator('.ant-modal-confirm').getByText('已填写的内容会保留').waitFor();
  await page.locator('.ant-modal-confirm').getByRole('button', { name: /停\s*用/ }).click();
  await row.getByText('已停用', { exact: true }).waitFor();
  await row.getByRole('button', { name: '恢复“我起的名”' }).click();
  await page.locator('.ant-modal-confirm').getByRole('button', { name: /恢\s*复/ }).click();
  await row.getByText('启用', { exact: true }).waitFor();
  await changeField(await kept(), { retired: true });
  expect(complaints(page)).toEqual([]);
});

test.each(VARIANTS)('a rep fills them in, is told what is wrong beside it, reads them and finds the customer by them, $name', async ({ name, language, size }) => {
  const say = (zh: string, en: string) => (language === 'en' ? en : zh);
  const { staff, size: scale } = await customerFields();
  // Whose first customer the other tests do not rest on.
  const { page, context } = await signedIn({ login: 'gu', language, size });
  const company = `自定义字段${Date.now()}装备有限公司`;
  await page.goto(`${URL}/customers`);
  await page.getByRole('button', { name: say('新建客户', 'New customer') }).click();
  const form = page.getByRole('dialog', { name: say('新建客户', 'New customer') });
  await form.getByLabel(say('公司', 'Company')).fill(company);
  await form.getByLabel(say('员工人数', 'Staff')).fill('很多');
  await choose(page, form.getByRole('combobox', { name: say('企业规模', 'Size') }), '小型');
  await form.getByLabel(say('成立日期', 'Founded')).fill('2016-05-20');
  await choose(page, form.getByRole('combobox', { name: say('是否上市', 'Listed') }), say('否', 'No'));
  await form.getByLabel('集团归属').fill('澜川集团');
  await save(form);
  await itemOf(form, say('员工人数', 'Staff')).getByText(say('请填写数字', 'Enter a number')).waitFor();
  await form.getByLabel(say('员工人数', 'Staff')).fill('1，200');
  // What is chosen is no choice any more when it arrives: the server says so, and the rest stays.
  await changeField(scale, { choices: ['大型', '中型'] });
  await save(form);
  await itemOf(form, say('企业规模', 'Size')).locator('.ant-form-item-explain-error').waitFor();
  expect(await form.getByLabel('集团归属').inputValue()).toBe('澜川集团');
  await picture(page, 'customer-form', name);
  expect(await findings(page)).toEqual([]);
  await fits(page);
  await choose(page, form.getByRole('combobox', { name: say('企业规模', 'Size') }), '大型');
  await save(form);
  await page.waitForURL(/\/customers\/[0-9a-f-]+$/);
  const facts = page.locator('.ant-descriptions', { hasText: say('企业规模', 'Size') });
  for (const text of ['1,200', '大型', '澜川集团', say('否', 'No')]) await facts.getByText(text, { exact: true }).waitFor();
  await facts.scrollIntoViewIfNeeded();
  await picture(page, 'customer-custom', name);
  expect(await findings(page)).toEqual([]);
  const id = page.url().split('/').at(-1);
  expect((await ask<Custom>(context, `/api/customers/${id}`)).custom).toMatchObject({ [staff.key]: 1200, [scale.key]: '大型' });

  await page.goto(`${URL}/customers`);
  await choose(page, page.getByRole('combobox', { name: say('自定义字段', 'Custom field') }), say('企业规模', 'Size'));
  await choose(page, page.getByRole('combobox', { name: say('企业规模', 'Size') }), '大型');
  await page.waitForURL((url) => url.searchParams.get('custom') === `${scale.key}:大型`);
  await expect.poll(() => page.locator('.ant-table-row').count(), { timeout: 15_000 }).toBe(1);
  await page.reload();
  await page.locator('.ant-table-row', { hasText: company }).waitFor();
  await picture(page, 'customers-custom', name);
  expect(await findings(page)).toEqual([]);
  await fits(page);

  await changeField(scale, { retired: true });
  await page.goto(`${URL}/customers/${id}`);
  await page.locator('.ant-descriptions').getByText(say('已停用', 'Retired')).scrollIntoViewIfNeeded();
  await picture(page, 'customer-custom-retired', name);
  expect(await findings(page)).toEqual([]);
  await page.locator('.page-head').getByRole('button', { name: /修\s*改|Edit|Change/ }).click();
  const again = page.getByRole('dialog');
  await again.getByLabel(say('员工人数', 'Staff')).fill('1300');
  expect(await again.getByText(say('企业规模', 'Size')).count()).toBe(0);
  await save(again);
  await again.waitFor({ state: 'detached' });
  await page.locator('.ant-descriptions').getByText('1,300', { exact: true }).waitFor();
  expect((await ask<Custom>(context, `/api/customers/${id}`)).custom).toMatchObject({ [staff.key]: 1300, [scale.key]: '大型' });
  expect(complaints(page)).toEqual([]);
});

test('a field that is added elsewhere appears in a form that is open', async () => {
  const { page } = await signedIn({ login: 'lu' });
  await page.goto(`${URL}/customers`);
  await page.locator('.ant-table-row').first().waitFor();
  await page.getByRole('button', { name: '新建客户' }).click();
  const form = page.getByRole('dialog', { name: '新建客户' });
  await form.getByLabel('公司').fill('正在填写');
  await fieldOf('customer', { label: { zh: '后来的字段', en: '' }, type: 'text' });
  await form.getByLabel('后来的字段').waitFor();
  expect(await form.getByLabel('公司').inputValue()).toBe('正在填写');
});

test('an auditor reads them and changes nothing', async () => {
  const { staff } = await customerFields();
  const { page } = await signedIn({ login: 'shenji', language: 'en' });
  await page.goto(`${URL}/admin/custom-fields`);
  await page.locator('.custom-fields').getByText(staff.key).waitFor();
  expect(await page.locator('.panel button').count()).toBe(0);
  expect(await findings(page)).toEqual([]);
  expect(complaints(page)).toEqual([]);
});

test('leads, opportunities, visits and quotes ask for their own', async () => {
  const text = (resource: string, zh: string) => fieldOf(resource, { label: { zh, en: '' }, type: 'text' });
  const [lead, opportunity, visit, quote] = [await text('lead', '展位号'), await text('opportunity', '招标编号'), await text('visit', '到场人数'), await text('quote', '参考型号')];
  const { page } = await signedIn({ login: 'zongjian' });
  const company = `展会来客${Date.now()}机电有限公司`;
  await page.goto(`${URL}/leads`);
  await page.getByRole('button', { name: '新建线索' }).click();
  const form = page.getByRole('dialog', { name: '新建线索' });
  await form.getByLabel('公司').fill(company);
  await form.getByLabel('展位号').fill('E4-128');
  await save(form);
  // Neither a phone number nor an e-mail address: the server says so, and the rest stays.
  await itemOf(form, '电话').locator('.ant-form-item-explain-error').waitFor();
  await form.getByLabel('电话').fill(`137${String(Date.now()).slice(-8)}`);
  await itemOf(form, '电话').locator('.ant-form-item-explain-error').waitFor({ state: 'detached' });
  await picture(page, 'lead-form', 'zh-CN');
  expect(await findings(page)).toEqual([]);
  await save(form);
  await form.waitFor({ state: 'detached' });
  await page.goto(`${URL}/leads?custom=${lead.key}:e4-128`);
  await page.locator('.ant-table-row a', { hasText: company }).click();
  await page.locator('.ant-drawer .ant-descriptions').getByText('E4-128').waitFor();

  const rep = await signedIn({ login: 'lu' });
  const opened = await opportunityOf(rep.context, '自定义字段示例');
  await rep.page.goto(`${URL}/customers/${opened.customer_id}`);
  await rep.page.getByRole('button', { name: '新建商机' }).click();
  const open = rep.page.getByRole('dialog', { name: '新建商机' });
  await open.getByLabel('客户想采购什么').fill('二期净化改造');
  await open.getByLabel('招标编号').fill('ZB-01');
  await save(open);
  await rep.page.waitForURL(/\/opportunities\/[0-9a-f-]+$/);
  await rep.page.locator('.ant-descriptions').getByText('ZB-01').waitFor();
  await rep.page.getByRole('button', { name: /修\s*改/ }).first().click();
  const change = rep.page.getByRole('dialog', { name: '修改商机' });
  await change.getByLabel('招标编号').fill('');
  await save(change);
  await change.waitFor({ state: 'detached' });
  const id = rep.page.url().split('/').at(-1) ?? '';
  await until('the number to be gone', async () => (await ask<Custom>(rep.context, `/api/opportunities/${id}`)).custom[opportunity.key] === undefined);

  await rep.page.getByRole('button', { name: '登记拜访' }).click();
  const met = rep.page.getByRole('dialog', { name: '登记拜访' });
  await met.getByText('拍板人').click();
  await met.getByLabel('拜访纪要').fill('现场确认了改造范围。');
  await met.getByLabel('下一步', { exact: true }).fill('发送方案');
  await met.getByLabel('到场人数').fill('三人');
  await save(met);
  await met.waitFor({ state: 'detached' });
  await rep.page.locator('.item', { hasText: '到场人数：三人' }).waitFor();
  expect((await ask<List<Custom>>(rep.context, `/api/visits?opportunity_id=${id}`)).items[0]?.custom).toEqual({ [visit.key]: '三人' });

  const draft = await quoteOf(rep.context, await actor('admin'), '1');
  await rep.page.goto(`${URL}/quotes/${draft.id}`);
  await rep.page.locator('.page-head').getByRole('button', { name: /修\s*改|修\s*订/ }).click();
  const revise = rep.page.getByRole('dialog');
  await revise.getByLabel('参考型号').fill('LC-2027');
  await save(revise);
  await revise.waitFor({ state: 'detached' });
  await rep.page.locator('.ant-descriptions').getByText('LC-2027').waitFor();
  await rep.page.goto(`${URL}/quotes?custom=${quote.key}:LC-2027`);
  await rep.page.locator('.ant-table-row', { hasText: draft.number }).waitFor();
  expect(await rep.page.locator('.ant-table-row').count()).toBe(1);
  expect(complaints(page)).toEqual([]);
  expect(complaints(rep.page)).toEqual([]);
});

test('a visit under way is asked for its own fields too, also without a network', async () => {
  const people = await fieldOf('visit', { label: { zh: '到场人数', en: 'Present' }, type: 'number', required: true });
  const { page, context } = await signedIn({ login: 'lu', size: PHONE });
  const opportunity = await opportunityOf(context, '离线拜访示例');
  const note = `带自定义字段的拜访 ${Date.now()}`;
  await page.goto(`${URL}/m`);
  await page.evaluate('navigator.serviceWorker.ready.then(() => undefined)');
  await until('the service worker to answer', () => page.evaluate('navigator.serviceWorker.controller !== null'));
  await page.locator('.tabs button').nth(1).click();
  await page.locator('.list li').first().waitFor();
  await until('the fields to be on the phone', () => page.evaluate(`new Promise((found) => {
    const opening = indexedDB.open('sluice-phone');
    opening.onsuccess = () => {
      const keys = opening.result.transaction('seen').objectStore('seen').getAllKeys();
      keys.onsuccess = () => found(keys.result.some((key) => key.endsWith('/visit-fields')));
    };
  })`));
  await context.setOffline(true);
  await page.goto(`${URL}/m/visit/${opportunity.id}`);
  const present = page.getByLabel('到场人数');
  await present.waitFor();
  await page.getByRole('button', { name: '技术负责人' }).click();
  await page.locator('textarea').fill(note);
  await page.locator('input[name=next_step]').fill('发送方案');
  await page.locator('button.main').click();
  await page.getByText('必填').waitFor();
  await present.fill('很多');
  await page.locator('button.main').click();
  await page.getByText('请填写数字，最多 15 位').waitFor();
  await picture(page, 'phone-visit-custom', 'zh-CN');
  expect(await findings(page)).toEqual([]);
  await present.fill('3');
  await page.locator('button.main').click();
  await page.locator('.waits').getByText('等待发送').waitFor();
  await context.setOffline(false);
  await page.getByText('全部已发送').waitFor();
  const { items } = await ask<List<Custom & { note: string | null }>>(context, '/api/visits?limit=50');
  expect(items.find((visit) => visit.note === note)?.custom).toEqual({ [people.key]: 3 });
  expect(complaints(page).filter((said) => !/Failed to load|ERR_INTERNET/.test(said))).toEqual([]);
});
