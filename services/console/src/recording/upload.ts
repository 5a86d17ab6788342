import type { components } from '../api/schema';

export type Recording = components['schemas']['RecordingView'];

/** Sends a request of the API and throws a `Problem` when it is refused. */
export type Send = (request: Request) => Promise<Response>;

export interface Content {
  bytes: Blob;
  /** The visit it belongs to, when that is known already. */
  visit_id?: string;
}

const CHUNK = 1024 * 1024;
const here = (path: string) => new URL(path, globalThis.location?.origin ?? 'http://localhost').href;

/** Announces a recording that everybody recorded has agreed to; with the same key it is the same recording. */
export async function announce(send: Send, { bytes, visit_id }: Content, key: string): Promise<Recording> {
  const said = { bytes: bytes.size, consent: true, media_type: bytes.type || null, ...(visit_id ? { visit_id } : {}) };
  const headers = { 'content-type': 'application/json', 'idempotency-key': key };
  const response = await send(new Request(here('/api/recordings'), { method: 'POST', headers, body: JSON.stringify(said) }));
  return (await response.json()) as Recording;
}

/** How much of it has arrived. */
async function arrived(send: Send, url: string): Promise<number> {
  const response = await send(new Request(here(url), { method: 'HEAD' }));
  return Number(response.headers.get('upload-offset') ?? 0);
}

/** Sends what has not arrived yet, part by part. */
export async function sendContent(send: Send, url: string, bytes: Blob, told: (share: number) => void = () => undefined): Promise<void> {
  let at = await arrived(send, url);
  // An empty part at the end asks again for an answer that got lost.
  do {
    const part = bytes.slice(at, at + CHUNK);
    const headers = { 'content-type': 'application/offset+octet-stream', 'upload-offset': String(at) };
    const response = await send(new Request(here(url), { method: 'PATCH', headers, body: await part.arrayBuffer() }));
    at = Number(response.headers.get('upload-offset') ?? at + part.size);
    told(bytes.size === 0 ? 1 : at / bytes.size);
  } while (at < bytes.size);
}

/** Announces and sends a recording; whatever broke off before goes on. */
export async function upload(send: Send, content: Content, key: string, told?: (share: number) => void): Promise<Recording> {
  const recording = await announce(send, content, key);
  await sendContent(send, recording.upload_url, content.bytes, told);
  return recording;
}
