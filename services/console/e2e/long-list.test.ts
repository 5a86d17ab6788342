import { expect, test } from 'vitest';

import { findings } from './axe';
import { DESK, PHONE, URL, actor, complaints, signedIn } from './browser';
import { leadOf } from './given';
import { listeningAt } from './listening';
import { manyLeads } from './many-leads';
import { newCompany } from './names';

const SCROLLED = "document.querySelector('.long').scrollTop";
/** Where the list stands once its scrolling, which the browser draws out, has come to rest. */
const RESTED = `new Promise((done) => {
  const look = (before) => (${SCROLLED} === before ? done(before) : setTimeout(look, 200, ${SCROLLED}));
  look(-1);
})`;

test.each([
  { name: 'desk', size: DESK },
  { name: 'phone width', size: PHONE },
])('a long list is reached with the keyboard, and what has the keyboard stays, $name', async ({ size }) => {
  const { page } = await signedIn({ login: 'zongjian', size });
  await manyLeads(page);
  await page.goto(`${URL}/leads`);
  const list = page.locator('.long');
  await list.waitFor();
  await list.focus();
  await page.keyboard.press('End');
  await expect.poll(() => page.evaluate(RESTED), { timeout: 5000 }).toBeGreaterThan(2000);
  await page.keyboard.press('Home');
  await expect.poll(() => page.evaluate(RESTED), { timeout: 5000 }).toBe(0);
  await page.locator('[data-row-key="lead-3"] a').focus();
  await page.evaluate(`${SCROLLED} = 3000`);
  await page.locator('[data-row-key="lead-3"]').waitFor({ state: 'attached' });
  await expect.poll(() => page.locator('[data-row-key]').count()).toBeLessThan(60);
  await expect.poll(() => page.evaluate('document.activeElement.textContent')).toBe('第 4 家示例公司');
  await page.keyboard.press('Enter');
  await page.waitForURL(/leads\/lead-3/);
  expect(complaints(page)).toEqual([]);
});

test('rows of a long list are ticked alone, together and all', async () => {
  const { page } = await signedIn({ login: 'zongjian' });
  await manyLeads(page);
  await page.goto(`${URL}/leads`);
  const tick = (row: number) => page.getByRole('checkbox', { name: `第 ${row} 家示例公司`, exact: true });
  await tick(2).click();
  await page.getByText('已选 1 条').waitFor();
  await tick(5).click({ modifiers: ['Shift'] });
  await page.getByText('已选 4 条').waitFor();
  expect(await page.locator('[data-row-key="lead-3"]').getAttribute('aria-selected')).toBe('true');
  expect(await findings(page)).toEqual([]);
  await page.getByRole('checkbox', { name: '全选' }).click();
  await page.getByText('已选 100 条').waitFor();
  await page.getByRole('checkbox', { name: '全选' }).click();
  await page.getByText('已选 100 条').waitFor({ state: 'detached' });
  expect(complaints(page)).toEqual([]);
});

test('a change asks a long list again only for what is seen, and the reader stays where they are', async () => {
  const { page } = await signedIn({ login: 'zongjian' });
  const asked: string[] = [];
  await manyLeads(page, asked);
  await listeningAt(page, '/leads');
  await page.locator('.long').waitFor();
  // The list ends where its pages do: it can be scrolled further once the next is there.
  const further = "document.querySelector('.long').scrollTop += 400, document.querySelector('[data-row-key=\"lead-1450\"]') !== null";
  await expect.poll(() => page.evaluate(further), { timeout: 60_000, interval: 20 }).toBe(true);
  await expect.poll(() => asked.length).toBeGreaterThan(8);
  const [scrolled, before] = [await page.evaluate(SCROLLED), asked.length];
  await leadOf(await actor('zongjian'), '程以安', newCompany());
  await expect.poll(() => asked.length, { timeout: 15_000 }).toBeGreaterThan(before);
  await page.waitForTimeout(1500);
  expect(new Set(asked.slice(before))).toEqual(new Set(['1300']));
  expect(await page.evaluate(SCROLLED)).toBe(scrolled);
  await page.evaluate("document.querySelector('.long').scrollTop = 0");
  await expect.poll(() => asked.at(-1), { timeout: 15_000 }).toBe('0');
  expect(complaints(page)).toEqual([]);
});
