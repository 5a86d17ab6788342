import { test } from 'vitest';
import { launch, signedIn, complaints, URL } from '../browser';
test('x', async () => {
  const browser = await launch();
  const { page, context } = await signedIn(browser, { login: 'zongjian' });
  const list = await (await context.request.get(`${URL}/api/quotes?status=sent`)).json() as any;
  const id = (list.items[0] ?? (await (await context.request.get(`${URL}/api/quotes`)).json() as any).items[0]).id;
  await page.goto(`${URL}/quotes/${id}`);
  await page.getByRole('button', { name: '查看 PDF' }).click();
  await page.waitForTimeout(6000);
  console.log(complaints(page), page.frames().map((f) => f.url()));
  await page.screenshot({ path: '/tmp/console-a-shots/pdf.png' });
  await browser.close();
});
