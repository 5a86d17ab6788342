import { expect, test } from 'vitest';

import { findings } from './axe';
import { DESK, PHONE, URL, complaints, signedIn, visitor } from './browser';
import { picture } from './picture';

const VARIANTS = [
  { name: 'zh-CN', language: 'zh-CN', size: DESK },
  { name: 'en', language: 'en', size: DESK },
  { name: 'phone', language: 'zh-CN', size: PHONE },
] as const;

test.each(VARIANTS)('the board, the calendar and a card, $name', async ({ name, language, size }) => {
  const { page } = await signedIn({ login: 'jiaofu', language, size });
  await page.goto(`${URL}/deliveries`);
  await page.locator('.board .card').first().waitFor();
  await picture(page, 'delivery-board', name);
  expect(await findings(page)).toEqual([]);
  await page.goto(`${URL}/deliveries?view=plan`);
  await page.locator('.gantt-row').nth(1).waitFor();
  await picture(page, 'delivery-plan', name);
  expect(await findings(page)).toEqual([]);
  await page.locator('.gantt-row a').first().click();
  await page.locator('.ant-drawer .ant-descriptions').waitFor();
  await picture(page, 'delivery', name);
  expect(await findings(page)).toEqual([]);
  expect(complaints(page)).toEqual([]);
});

test('a link that does not exist says so, without signing in', async () => {
  const page = await visitor({ size: PHONE });
  await page.goto(`${URL}/acceptance/not-a-token`);
  await page.getByRole('alert').waitFor();
  expect(await findings(page)).toEqual([]);
});
