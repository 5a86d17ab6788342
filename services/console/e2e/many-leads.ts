import type { Page, Route } from 'playwright-core';

export const ROWS = 10_000;

/** Answers the list of leads with many of them, page by page, as the service does; `asked` hears of each page. */
export async function manyLeads(page: Page, asked: string[] = []): Promise<void> {
  let model: Record<string, unknown> | undefined;
  await page.route(/\/api\/leads\?/, async (route: Route) => {
    const query = new globalThis.URL(route.request().url()).searchParams;
    asked.push(query.get('cursor') ?? '0');
    if (!model) {
      const answer = await route.fetch();
      // Whatever other tests made of the newest: one that can be assigned.
      model = ((await answer.json()) as { items: Record<string, unknown>[] }).items.find(({ state }) => state !== 'converted' && state !== 'duplicate');
    }
    const [start, limit] = [Number(query.get('cursor') ?? 0), Number(query.get('limit') ?? 50)];
    const items = Array.from({ length: Math.min(limit, ROWS - start) }, (_, at) => ({ ...model, id: `lead-${start + at}`, company: `第 ${start + at + 1} 家示例公司` }));
    await route.fulfill({ json: { items, next_cursor: start + limit < ROWS ? String(start + limit) : null } });
  });
}
