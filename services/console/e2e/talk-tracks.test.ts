import { expect, test } from 'vitest';

import { findings } from './axe';
import { DESK, PHONE, URL, actor, complaints, signedIn } from './browser';
import { objectingCall } from './call';
import { ask, until } from './given-review';
import { newWord } from './names';
import { picture } from './picture';

const VARIANTS = [
  { name: 'zh-CN', language: 'zh-CN', size: DESK },
  { name: 'en', language: 'en', size: DESK },
  { name: 'phone', language: 'zh-CN', size: PHONE },
] as const;

test.each(VARIANTS)('the library, a talk track and the comparison sheets, $name', async ({ name, language, size }) => {
  const { page } = await signedIn({ login: 'jiaolian', language, size });
  await page.goto(`${URL}/talk-tracks`);
  await page.locator('.item').first().waitFor();
  await picture(page, 'talk-tracks', name);
  expect(await findings(page)).toEqual([]);
  for (const tab of ['objections', 'candidates', 'sheets', 'facts']) {
    await page.goto(`${URL}/talk-tracks?tab=${tab}`);
    await page.locator('.ant-table-row, .state svg, .item').first().waitFor();
    expect(await findings(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    if (tab === 'sheets') await picture(page, 'comparison-sheets', name);
  }
  await page.goto(`${URL}/talk-tracks`);
  await page.locator('.item a').first().click();
  await page.locator('.point-list').first().waitFor();
  await page.locator('.state svg, .columns .item').first().waitFor();
  await picture(page, 'talk-track', name);
  expect(await findings(page)).toEqual([]);
  expect(complaints(page)).toEqual([]);
});

test('a talk track is written, found, reworded, compared and withdrawn', async () => {
  const { page, context } = await signedIn({ login: 'jiaolian' });
  const title = `先问${newWord()}再报价`;
  await page.goto(`${URL}/talk-tracks`);
  await page.getByRole('button', { name: '新建话术' }).click();
  const form = page.getByRole('dialog', { name: '新建话术' });
  await form.locator('#title').fill(title);
  await form.locator('#objection').fill('你们能不能先供货后付款？');
  await form.locator('#text').fill('账期要走审批，我们可以分期付款。');
  await form.getByLabel('要点内容').fill('账期要走审批');
  await form.getByRole('button', { name: '添加要点' }).click();
  await form.getByLabel('要点内容').nth(1).fill('可以分期付款');
  await form.getByRole('button', { name: /保\s*存/ }).click();
  await page.waitForURL(/talk-tracks\/.+/);
  const id = page.url().split('/').pop() ?? '';
  await page.getByRole('button', { name: /修\s*改/ }).click();
  const edit = page.getByRole('dialog', { name: '修改话术' });
  await edit.getByLabel('要点内容').nth(1).fill('分三期付款，首期三成');
  await edit.getByRole('button', { name: /保\s*存/ }).click();
  await edit.waitFor({ state: 'detached' });
  const compared = page.locator('.panel', { hasText: '版本对比' });
  await compared.locator('.ant-table-row', { hasText: '修改' }).getByText('分三期付款，首期三成').waitFor();
  await compared.getByText('可以分期付款').waitFor();
  await compared.scrollIntoViewIfNeeded();
  await picture(page, 'talk-track-versions', 'zh-CN');
  expect(await findings(page)).toEqual([]);
  await page.goto(`${URL}/talk-tracks`);
  await page.getByPlaceholder('搜索话术、异议或要点').fill(`${title.slice(-8)} 首期`);
  await page.locator('.item', { hasText: title }).waitFor();
  expect(await page.locator('.item').count()).toBe(1);
  await page.goto(`${URL}/talk-tracks/${id}`);
  await page.getByRole('button', { name: '撤下' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '撤下' }).click();
  await page.waitForURL((url) => url.pathname === '/talk-tracks');
  expect((await context.request.get(`${URL}/api/talk-tracks/${id}`)).status()).toBe(404);
  expect(complaints(page)).toEqual([]);
});

test('another\'s rewording in between is shown and not overwritten', async () => {
  const { page, context } = await signedIn({ login: 'jiaolian' });
  const made = await context.request.post(`${URL}/api/talk-tracks`, {
    data: { title: `比${newWord()}更省`, objection: '太贵', text: '算总成本', points: [{ id: 'a', duty: 'must_say', text: '算总成本', paraphrases: [] }] },
    headers: { 'sec-fetch-site': 'same-origin' },
  });
  const track = (await made.json()) as { id: string; version: number };
  await page.goto(`${URL}/talk-tracks/${track.id}`);
  await page.getByRole('button', { name: /修\s*改/ }).click();
  const form = page.getByRole('dialog', { name: '修改话术' });
  await form.locator('#text').fill('我的说法');
  const theirs = await context.request.put(`${URL}/api/talk-tracks/${track.id}`, {
    data: { title: '对方的标题', objection: '太贵', text: '对方的说法', points: [{ id: 'a', duty: 'must_say', text: '算总成本', paraphrases: [] }] },
    headers: { 'sec-fetch-site': 'same-origin', 'if-match': `"${track.version}"` },
  });
  expect(theirs.status()).toBe(200);
  await form.getByRole('button', { name: /保\s*存/ }).click();
  const conflict = page.getByRole('dialog', { name: '内容已被他人修改' });
  await conflict.getByText('对方的说法').waitFor();
  await conflict.getByRole('button', { name: '以对方为准' }).click();
  await page.getByText('对方的说法').first().waitFor();
  const removed = await context.request.delete(`${URL}/api/talk-tracks/${track.id}`, { headers: { 'sec-fetch-site': 'same-origin' } });
  expect(removed.status()).toBe(204);
});

test('price facts, objections and sheets are kept by those who may, and only read by reps', async () => {
  const { page, context } = await signedIn({ login: 'pinpai' });
  const product = `${newWord()}型清洗机`;
  await page.goto(`${URL}/talk-tracks?tab=facts`);
  await page.getByRole('button', { name: '添加价目事实' }).click();
  const form = page.getByRole('dialog', { name: '添加价目事实' });
  await form.locator('#product').fill(product);
  await form.locator('#value').fill('86000');
  await form.getByRole('button', { name: /保\s*存/ }).click();
  await page.locator('.ant-table-row', { hasText: product }).getByText('¥86,000').waitFor();
  await picture(page, 'price-facts', 'zh-CN');
  await page.locator('.ant-table-row', { hasText: product }).getByRole('button', { name: '删除' }).click();
  await page.locator('.ant-popover').getByRole('button', { name: '删除' }).click();
  await page.locator('.ant-table-row', { hasText: product }).waitFor({ state: 'detached' });
  const objection = `${newWord()}那家更便宜，能再让点吗？`;
  await page.goto(`${URL}/talk-tracks?tab=objections`);
  await page.getByRole('button', { name: '添加异议' }).click();
  await page.getByRole('dialog').locator('#text').fill(objection);
  await page.getByRole('dialog').locator('#industry').fill('注塑加工');
  await page.getByRole('dialog').getByRole('button', { name: /保\s*存/ }).click();
  await page.locator('.ant-table-row', { hasText: objection }).getByRole('button', { name: '撤下' }).click();
  await page.locator('.ant-popover').getByRole('button', { name: '撤下' }).click();
  await until('the objection to be gone', async () => !(await ask<{ items: { text: string }[] }>(context, '/api/objections?limit=200')).items.some(({ text }) => text === objection));
  const rep = await signedIn({ login: 'lu' });
  await rep.page.goto(`${URL}/talk-tracks?tab=sheets`);
  await rep.page.locator('.ant-table-row').first().waitFor();
  expect(await rep.page.getByRole('button', { name: /修\s*改/ }).count()).toBe(0);
  expect(complaints(page)).toEqual([]);
});

test('objections that were heard in a recording are taken into the library or not', async () => {
  const rep = await actor('lu');
  const { page, context } = await signedIn({ login: 'jiaolian' });
  const mined = async () => (await ask<{ items: { id: string; text: string | null }[] }>(context, '/api/objection-candidates?state=mined&limit=50')).items;
  const before = new Set((await mined()).map(({ id }) => id));
  for (const nth of [1, 2]) {
    await objectingCall(rep);
    await until('a heard objection', async () => (await mined()).filter(({ id }) => !before.has(id)).length >= nth);
  }
  await page.goto(`${URL}/talk-tracks?tab=candidates`);
  const lines = page.locator('.item', { has: page.getByRole('button', { name: '收入异议库' }) });
  await lines.nth(1).waitFor();
  const waiting = (await mined()).length;
  await picture(page, 'objection-candidates', 'zh-CN');
  expect(await findings(page)).toEqual([]);
  const industry = `${newWord()}加工`;
  await lines.first().getByRole('button', { name: '收入异议库' }).click();
  const form = page.getByRole('dialog', { name: '收入异议库' });
  await form.getByLabel('行业').fill(industry);
  await form.getByRole('button', { name: /保\s*存/ }).click();
  await form.waitFor({ state: 'detached' });
  await until('one candidate less', async () => (await mined()).length === waiting - 1);
  const library = await ask<{ items: { id: string; industry: string | null }[] }>(context, '/api/objections?limit=200');
  expect(library.items.filter((objection) => objection.industry === industry)).toHaveLength(1);
  await lines.first().getByRole('button', { name: '不收' }).click();
  await until('two candidates less', async () => (await mined()).length === waiting - 2);
  expect((await ask<{ items: unknown[] }>(context, '/api/objections?limit=200')).items).toHaveLength(library.items.length);
  expect(complaints(page)).toEqual([]);
});
