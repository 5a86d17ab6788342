import { test } from 'vitest';
import { launch, signedIn, complaints } from '../browser';
test('x', async () => {
  const browser = await launch();
  const { page } = await signedIn(browser, { login: 'zongjian' });
  page.on('response', (r) => { if (r.status() >= 400) console.log(r.status(), r.url()); });
  page.on('requestfailed', (r) => console.log('failed', r.url(), r.failure()?.errorText));
  await page.goto(`${process.env.SLUICE_URL}${process.env.AT ?? "/quotes"}`);
  await page.waitForTimeout(5000);
  console.log(complaints(page));
  await page.screenshot({ path: '/tmp/console-a-shots/dbg.png' });
  await browser.close();
});
