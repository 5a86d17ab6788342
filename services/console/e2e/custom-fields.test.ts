import type { Locator, Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';

import { findings } from './axe';
import { DESK, PHONE, URL, actor, complaints, signedIn } from './browser';
import { type Custom, type Field, changeField, fieldOf, itemOf, newKey, retireAll, save } from './given-custom';
import { ask } from './given-review';
import { newCompany } from './names';
import { picture } from './picture';
import { typeDay } from './typing';

const VARIANTS = [
  { name: 'zh-CN', language: 'zh-CN', size: DESK },
  { name: 'en', language: 'en', size: DESK },
  { name: 'phone', language: 'zh-CN', size: PHONE },
] as const;

beforeAll(retireAll);

const fits = async (page: Page) => expect(await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')).toBeLessThanOrEqual(0);

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
  const company = newCompany();
  await page.goto(`${URL}/customers`);
  await page.getByRole('button', { name: say('新建客户', 'New customer') }).click();
  const form = page.getByRole('dialog', { name: say('新建客户', 'New customer') });
  await form.getByLabel(say('公司', 'Company')).fill(company);
  await form.getByLabel(say('员工人数', 'Staff')).fill('很多');
  await choose(page, form.getByRole('combobox', { name: say('企业规模', 'Size') }), '小型');
  await typeDay(form.getByLabel(say('成立日期', 'Founded')), '2016-05-20');
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
