import { expect, test } from 'vitest';

import { findings } from './axe';
import { URL, complaints, signedIn } from './browser';
import { ask, openedOpportunity, recorded, spoken, tell, until } from './given-review';
import { picture } from './picture';

interface Conclusion {
  id: string;
  kind: string;
  state: string;
}

test('what was heard on a visit is confirmed, corrected and rejected on the opportunity, and so is its summary', async () => {
  const { page, context } = await signedIn({ login: 'lu' });
  const opportunity = await openedOpportunity(context, '拜访结论');
  const recording = await recorded(context, await spoken(context, 'longest'));
  const heard = () => ask<{ items: Conclusion[] }>(context, `/api/conclusions?recording_id=${recording}`);
  await until('conclusions', async () => ((await heard()).items.length > 0 ? true : null));
  const visit = await tell<{ id: string }>(context, '/api/visits', {
    opportunity_id: opportunity.id,
    decision_chain: ['technical_director'],
    recording_id: recording,
    pain: '停产改造时间太长',
    next_step: '再次沟通',
    next_step_at: new Date(Date.now() + 7 * 86_400_000).toISOString(),
  });
  await until('a draft', async () => {
    const { draft } = await ask<{ draft: string }>(context, `/api/visits/${visit.id}`);
    return draft === 'offered' || draft === 'doubtful';
  });
  await page.goto(`${URL}/opportunities/${opportunity.id}`);
  const line = page.locator('.item', { has: page.getByRole('button', { name: '没有此事' }) }).first();
  const amount = line.locator('.conclusions li', { hasText: '金额' });
  await amount.getByText('¥900,000.00').waitFor();
  await page.locator('.panel', { hasText: '推荐话术' }).locator('.ant-collapse-header').first().click();
  await page.locator('.ant-collapse-body .point-list').first().waitFor();
  await line.scrollIntoViewIfNeeded();
  await picture(page, 'conclusions', 'zh-CN');
  expect(await findings(page)).toEqual([]);
  await amount.getByRole('button', { name: /修\s*改/ }).click();
  const dialog = page.getByRole('dialog', { name: '金额' });
  await dialog.locator('#amount').fill('880,000');
  await dialog.getByRole('button', { name: /确\s*认/ }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByText('¥880,000.00').first().waitFor();
  const competitor = line.locator('.conclusions li', { hasText: '竞争对手' });
  await competitor.getByRole('button', { name: /确\s*认/ }).click();
  await competitor.getByText('已确认').waitFor();
  const rejected = line.locator('.conclusions li', { has: page.getByRole('button', { name: '没有此事' }) }).first();
  await rejected.getByRole('button', { name: '没有此事' }).click();
  await until('one confirmed, one corrected, one rejected', async () => {
    const states = (await heard()).items.map(({ state }) => state);
    return states.filter((state) => state === 'confirmed').length === 2 && states.includes('rejected');
  });
  await page.getByRole('button', { name: '确认纪要' }).first().click();
  const summary = page.getByRole('dialog', { name: '确认纪要' });
  await summary.getByRole('button', { name: /保\s*存/ }).click();
  await summary.waitFor({ state: 'detached' });
  await until('the summary', async () => (await ask<{ draft: string }>(context, `/api/visits/${visit.id}`)).draft === 'confirmed');
  expect(complaints(page)).toEqual([]);
});
