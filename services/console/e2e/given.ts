import { type Actor, URL } from './browser';

const SAME_SITE = { 'sec-fetch-site': 'same-origin' };

export interface Lead {
  id: string;
  company: string;
}

/** A new lead in the hands of the rep with this name; `manager` is somebody who may assign. */
export async function leadOf(manager: Actor, rep: string, company: string): Promise<Lead> {
  const reps = (await (await manager.request.get(`${URL}/api/reps`)).json()) as { person_id: string; name: string }[];
  const to = reps.find((one) => one.name === rep);
  if (!to) throw new Error(`${rep} takes no leads`);
  const made = await manager.request.post(`${URL}/api/leads`, {
    data: { source: 'phone', company, contact_phone: `137${String(Date.now()).slice(-8)}`, contact_name: '林女士', region: '华东' },
    headers: SAME_SITE,
  });
  const lead = (await made.json()) as Lead & { owner_id: string | null };
  if (lead.owner_id === to.person_id) return lead;
  const given = await manager.request.post(`${URL}/api/leads/${lead.id}/reassign`, { data: { to: to.person_id, reason: '客户指定由其跟进' }, headers: SAME_SITE });
  if (given.status() !== 200) throw new Error(await given.text());
  return lead;
}

interface Page<T> {
  items: T[];
}

/** A new opportunity of a customer of this rep. */
export async function opportunityOf(rep: Actor, subject: string): Promise<{ id: string; customer_id: string }> {
  const customers = (await (await rep.request.get(`${URL}/api/customers?limit=1`)).json()) as Page<{ id: string }>;
  const customer = customers.items[0];
  if (!customer) throw new Error('the demonstration gave this rep no customer');
  const opened = await rep.request.post(`${URL}/api/opportunities`, { data: { customer_id: customer.id, subject }, headers: SAME_SITE });
  if (!opened.ok()) throw new Error(await opened.text());
  return (await opened.json()) as { id: string; customer_id: string };
}

/** A day from now on, by the demonstration's clock. */
export async function dayAhead(context: Actor, days: number): Promise<string> {
  const clock = (await (await context.request.get(`${URL}/api/demo/clock`)).json()) as { now: string };
  return new Date(new Date(clock.now).getTime() + days * 86_400_000).toISOString().slice(0, 10);
}

/** A drafted quote of this rep; `admin` may read the clock. */
export async function quoteOf(rep: Actor, admin: Actor, discount: string): Promise<{ id: string; number: string }> {
  const opportunity = await opportunityOf(rep, '洁净车间扩建');
  const data = { opportunity_id: opportunity.id, lines: [{ product_code: 'LC-JHM-060', quantity: '2', discount_percent: discount }], delivery_date: await dayAhead(admin, 60), note: '' };
  const made = await rep.request.post(`${URL}/api/quotes`, { data, headers: SAME_SITE });
  if (!made.ok()) throw new Error(await made.text());
  return (await made.json()) as { id: string; number: string };
}

/** Sends a write as the page would; throws what the server says against it. */
export async function sent<T>(context: Actor, path: string, data?: object): Promise<T> {
  const answer = await context.request.post(`${URL}${path}`, { headers: SAME_SITE, ...(data ? { data } : {}) });
  if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`);
  return (await answer.json()) as T;
}
