import { type Actor, URL } from './browser';
import { newWord } from './names';
import { badAnswerTo } from './voice';

const SAME_SITE = { 'sec-fetch-site': 'same-origin' };
const PATIENCE_MS = 30_000;
const PAUSE_MS = 150;

interface List<T> {
  items: T[];
}

export interface Review {
  id: string;
  visit_id: string;
  objection: string;
  state: string;
  outcome: string | null;
  decision: string | null;
  percent: number | null;
  recording_id: string | null;
}

export async function ask<T>(context: Actor, path: string): Promise<T> {
  const answer = await context.request.get(`${URL}${path}`);
  if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`);
  return (await answer.json()) as T;
}

export async function tell<T>(context: Actor, path: string, data: object): Promise<T> {
  const answer = await context.request.post(`${URL}${path}`, { data, headers: SAME_SITE });
  if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`);
  return (await answer.json()) as T;
}

/** Asks until the answer is there. */
export async function until<T>(what: string, look: () => Promise<T | undefined | null | false>): Promise<T> {
  const end = Date.now() + PATIENCE_MS;
  while (Date.now() < end) {
    const found = await look();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  throw new Error(`waited in vain for ${what}`);
}

/** The opportunity that the demonstration talks about, with objections of its industry in the library. */
export async function opportunityOf(rep: Actor): Promise<{ id: string; customer_id: string }> {
  const [objections, customers] = await Promise.all([
    ask<List<{ industry: string | null }>>(rep, '/api/objections?limit=50'),
    ask<List<{ id: string; industry: string | null }>>(rep, '/api/customers?limit=50'),
  ]);
  const industries = new Set(objections.items.map(({ industry }) => industry));
  for (const customer of customers.items.filter(({ industry }) => industries.has(industry))) {
    const found = (await ask<List<{ id: string; customer_id: string }>>(rep, `/api/opportunities?customer_id=${customer.id}&limit=1`)).items[0];
    if (found) return found;
  }
  throw new Error('the demonstration has no opportunity whose industry has objections');
}

/** A new one with the same customer, still open. */
export async function openedOpportunity(rep: Actor, subject: string): Promise<{ id: string; customer_id: string }> {
  const { customer_id } = await opportunityOf(rep);
  return tell(rep, '/api/opportunities', { customer_id, subject: `${newWord()}${subject}` });
}

/** Something somebody said: the content of the rep's shortest recording, an answer, or of the longest, a visit's voice note. */
export async function spoken(rep: Actor, which: 'shortest' | 'longest' = 'shortest'): Promise<{ bytes: Buffer; type: string }> {
  const { items } = await ask<List<{ id: string; state: string; media_type: string; bytes: number }>>(rep, '/api/recordings?limit=50');
  const found = items.filter(({ state, media_type }) => state === 'stored' && media_type === 'audio/wav').sort((one, other) => one.bytes - other.bytes).at(which === 'shortest' ? 0 : -1);
  if (!found) throw new Error('the demonstration has no recording');
  const { content_link } = await ask<{ content_link: { url: string } }>(rep, `/api/recordings/${found.id}`);
  const content = await rep.request.get(`${URL}${content_link.url}`);
  return { bytes: await content.body(), type: found.media_type };
}

/** Something said, as a recording of the rep's own. */
export async function recorded(rep: Actor, { bytes, type }: { bytes: Buffer; type: string }): Promise<string> {
  const { id, upload_url } = await tell<{ id: string; upload_url: string }>(rep, '/api/recordings', { bytes: bytes.length, consent: true, media_type: type });
  const sent = await rep.request.patch(`${URL}${upload_url}`, { data: bytes, headers: { ...SAME_SITE, 'content-type': 'application/offset+octet-stream', 'upload-offset': '0' } });
  if (sent.status() !== 204) throw new Error(await sent.text());
  return id;
}

/** A visit has drawn an objection that waits for the rep's answer. */
export async function drawnReview(rep: Actor): Promise<Review> {
  const opportunity = await opportunityOf(rep);
  const nextStep = new Date(Date.now() + 7 * 86_400_000).toISOString();
  const visit = await tell<{ id: string }>(rep, '/api/visits', { opportunity_id: opportunity.id, decision_chain: ['technical_director'], note: '看了现场，约好再谈', next_step: '再次沟通', next_step_at: nextStep });
  return until('a drawn objection', async () => {
    const { items } = await ask<List<Review>>(rep, '/api/reviews?state=waiting_answer&limit=100');
    return items.find((review) => review.visit_id === visit.id);
  });
}

/** An answer that waits for a coach, scored. */
export async function scoredReview(rep: Actor): Promise<Review> {
  const review = await drawnReview(rep);
  const { text, sound } = badAnswerTo(review.objection);
  await tell(rep, `/api/reviews/${review.id}/answer`, { text: text.slice(0, 100), recording_id: await recorded(rep, sound) });
  return until('a score', async () => {
    const found = await ask<Review>(rep, `/api/reviews/${review.id}`);
    return found.outcome ? found : null;
  });
}

/** Another's change, who has not seen this page. */
export async function changed(by: Actor, path: string, data: object): Promise<void> {
  const answer = await by.request.patch(`${URL}${path}`, { data, headers: SAME_SITE });
  if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`);
}
