import type { BrowserContext } from 'playwright-core';

import { URL } from './browser';

const SAME_SITE = { 'sec-fetch-site': 'same-origin' };

export interface Lead {
  id: string;
  company: string;
}

/** A new lead in the hands of the rep with this name; `manager` is somebody who may assign. */
export async function leadOf(manager: BrowserContext, rep: string, company: string): Promise<Lead> {
  const reps = (await (await manager.request.get(`${URL}/api/reps`)).json()) as { person_id: string; name: string }[];
  const to = reps.find((one) => one.name === rep);
  if (!to) throw new Error(`${rep} takes no leads`);
  const made = await manager.request.post(`${URL}/api/leads`, {
    data: { source: 'phone', company, contact_phone: `137${String(Date.now()).slice(-8)}`, contact_name: '林示例', region: '华东' },
    headers: SAME_SITE,
  });
  const lead = (await made.json()) as Lead & { owner_id: string | null };
  if (lead.owner_id === to.person_id) return lead;
  const given = await manager.request.post(`${URL}/api/leads/${lead.id}/reassign`, { data: { to: to.person_id, reason: '端到端验收' }, headers: SAME_SITE });
  if (given.status() !== 200) throw new Error(await given.text());
  return lead;
}
