import { expect, test } from 'vitest';

import { findings } from './axe';
import { URL, actor, complaints, signedIn } from './browser';
import { ask, openedOpportunity, opportunityOf, scoredReview, tell } from './given-review';
import { listeningAt, seenByItself } from './listening';
import { newWord } from './names';
import { picture } from './picture';

interface List<T> {
  items: T[];
}

test('a rep and a manager see each other\'s change without asking', async () => {
  const [rep, manager] = await Promise.all([signedIn({ login: 'lu' }), signedIn({ login: 'shen' })]);
  const { id } = await openedOpportunity(rep.context, '同屏更新');
  for (const { page } of [rep, manager]) {
    await listeningAt(page, `/opportunities/${id}`);
    await page.locator('.budgets').waitFor();
  }
  for (const [author, reader] of [[rep, manager], [manager, rep]] as const) {
    const pain = `${newWord()}线换型太慢`;
    const changed = await author.context.request.patch(`${URL}/api/opportunities/${id}`, { data: { pain }, headers: { 'sec-fetch-site': 'same-origin' } });
    expect(changed.status()).toBe(200);
    await seenByItself(reader.page.locator('.ant-descriptions').getByText(pain).waitFor());
    await author.page.locator('.ant-descriptions').getByText(pain).waitFor();
  }
  expect([...complaints(rep.page), ...complaints(manager.page)]).toEqual([]);
});

test('a coach\'s decision reaches the rep without asking', async () => {
  const [rep, coach] = await Promise.all([signedIn({ login: 'lu' }), actor('jiaolian')]);
  const review = await scoredReview(rep.context);
  await listeningAt(rep.page, `/coaching/${review.id}`);
  await rep.page.getByText('待教练评定').waitFor();
  await tell(coach, `/api/reviews/${review.id}/decide`, { decision: 'passed', comment: '说得好' });
  await seenByItself(rep.page.getByText('说得好').waitFor());
});

test('nothing of another\'s is shown by its address', async () => {
  const [owner, stranger] = await Promise.all([actor('lu'), signedIn({ login: 'fang' })]);
  const [customer] = (await ask<List<{ id: string; company: string }>>(owner, '/api/customers?limit=1')).items;
  const opportunity = await opportunityOf(owner);
  const [lead] = (await ask<List<{ id: string }>>(owner, '/api/leads?limit=1')).items;
  const [review] = (await ask<List<{ id: string }>>(owner, '/api/reviews?limit=1')).items;
  if (!customer || !lead || !review) throw new Error('the demonstration has too little');
  const paths = [`/customers/${customer.id}`, `/opportunities/${opportunity.id}`, `/leads/${lead.id}`, `/coaching/${review.id}`];
  for (const path of paths) {
    await stranger.page.goto(`${URL}${path}`);
    await stranger.page.locator('.state').getByText(/找不到该内容|您没有查看权限/).first().waitFor();
    expect(await stranger.page.locator('main, .ant-drawer-body').allTextContents()).not.toContain(customer.company);
  }
  await stranger.page.goto(`${URL}${paths[0]}`);
  await stranger.page.locator('.state').first().waitFor();
  await picture(stranger.page, 'not-yours', 'zh-CN');
  expect(await findings(stranger.page)).toEqual([]);
  expect(complaints(stranger.page)).toEqual([]);
});
