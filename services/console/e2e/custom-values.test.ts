import { beforeAll, expect, test } from 'vitest';

import { findings } from './axe';
import { PHONE, URL, actor, complaints, signedIn } from './browser';
import { opportunityOf, quoteOf } from './given';
import { type Custom, fieldOf, itemOf, retireAll, save } from './given-custom';
import { ask, until } from './given-review';
import { newCompany, newWord } from './names';
import { picture } from './picture';

interface List<T> {
  items: T[];
}

beforeAll(retireAll);

test('leads, opportunities, visits and quotes ask for their own', async () => {
  const text = (resource: string, zh: string) => fieldOf(resource, { label: { zh, en: '' }, type: 'text' });
  const [lead, opportunity, visit, quote] = [await text('lead', '展位号'), await text('opportunity', '招标编号'), await text('visit', '到场人数'), await text('quote', '参考型号')];
  const { page } = await signedIn({ login: 'zongjian' });
  const company = newCompany();
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
  const opened = await opportunityOf(rep.context, '涂装线改造');
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
  const opportunity = await opportunityOf(context, '包装线改造');
  const note = `在${newWord()}展位谈了年框`;
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
