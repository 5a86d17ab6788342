import { expect, test } from 'vitest';

import { upload } from './upload';

/** A server that keeps what arrives, and loses some answers. */
function server({ loses = 0 } = {}) {
  const kept = { announced: [] as string[], bytes: 0, requests: 0 };
  let toLose = loses;
  const send = async (request: Request): Promise<Response> => {
    kept.requests += 1;
    if (request.method === 'POST') {
      kept.announced.push(request.headers.get('idempotency-key') ?? '');
      return Response.json({ id: 'r', upload_url: '/api/recordings/r/content' });
    }
    if (request.method === 'PATCH') {
      expect(Number(request.headers.get('upload-offset'))).toBe(kept.bytes);
      kept.bytes += (await request.arrayBuffer()).byteLength;
      if (toLose > 0) {
        toLose -= 1;
        throw new TypeError('the network went away');
      }
    }
    return new Response(null, { headers: { 'upload-offset': String(kept.bytes) } });
  };
  return { kept, send };
}

const bytes = new Blob([new Uint8Array(2_500_000)], { type: 'audio/ogg' });

test('a recording arrives in parts, and how far it is told', async () => {
  const { kept, send } = server();
  const told: number[] = [];
  await upload(send, { bytes }, 'key', (share) => told.push(share));
  expect(kept.bytes).toBe(bytes.size);
  expect(told.at(-1)).toBe(1);
  expect(told).toHaveLength(3);
});

test('what broke off goes on where it stood, with the same key', async () => {
  const { kept, send } = server({ loses: 1 });
  await expect(upload(send, { bytes }, 'key')).rejects.toThrow('the network');
  await upload(send, { bytes }, 'key');
  expect(kept.bytes).toBe(bytes.size);
  expect(new Set(kept.announced)).toEqual(new Set(['key']));
});
