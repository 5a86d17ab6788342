import 'fake-indexeddb/auto';

import { IDBFactory } from 'fake-indexeddb';
import { expect, test } from 'vitest';

import { Problem } from '../api/problem';
import { Outbox } from './outbox';
import { openStore } from './store';
import type { Waiting } from './waiting';

const alone = <T>(does: () => Promise<T>) => does();

/** A server that does each write once, and a network that can break off after it was done. */
function world() {
  const server = { visits: new Map<string, unknown>(), recordings: new Map<string, number>(), online: true, losesAnswers: 0, refuses: null as Problem | null };
  const lose = () => {
    if (server.losesAnswers === 0) return;
    server.losesAnswers -= 1;
    throw new Problem(0, 'unreachable', '');
  };
  const send = async (request: Request): Promise<Response> => {
    if (!server.online) throw new Problem(0, 'unreachable', '');
    const { pathname } = new URL(request.url);
    const key = request.headers.get('idempotency-key') ?? '';
    if (pathname === '/api/recordings') {
      if (!server.recordings.has(key)) server.recordings.set(key, 0);
      lose();
      return Response.json({ id: key, upload_url: `/content?of=${key}` });
    }
    if (pathname === '/content') {
      const of = new URL(request.url).searchParams.get('of') ?? '';
      const had = server.recordings.get(of) ?? 0;
      if (request.method === 'PATCH') {
        expect(Number(request.headers.get('upload-offset'))).toBe(had);
        server.recordings.set(of, had + (await request.arrayBuffer()).byteLength);
        lose();
      }
      return new Response(null, { headers: { 'upload-offset': String(server.recordings.get(of)) } });
    }
    if (server.refuses) throw server.refuses;
    server.visits.set(key, await request.json());
    lose();
    return Response.json({ id: 'visit' });
  };
  return { server, send };
}

const visit = (id: string, more: Partial<Waiting> = {}): Waiting => ({
  id, key: id, owner: 'me', kind: 'visit', concerns: id, title: id, made_at: `2026-11-28T0${id}:00:00Z`, method: 'POST', path: '/api/visits',
  body: { client_id: id, note: '说了什么' }, typed: {}, about: null, state: 'waiting', ...more,
});
const spoken = (): Pick<Waiting, 'recording'> => ({ recording: { bytes: new Uint8Array(1_500_000).buffer, type: 'audio/ogg' } });

test('without a network everything waits, also for the next start, and then goes out once', async () => {
  const factory = new IDBFactory();
  const { server, send } = world();
  server.online = false;
  const first = new Outbox(openStore(factory), send, 'me', alone);
  await first.keep(visit('1', spoken()));
  await first.flush();
  expect((await first.items()).map(({ state, reason }) => [state, reason])).toEqual([['waiting', 'unreachable']]);
  server.online = true;
  const again = new Outbox(openStore(factory), send, 'me', alone);
  await again.flush();
  expect(await again.items()).toEqual([]);
  expect([...server.recordings.values()]).toEqual([1_500_000]);
  expect([...server.visits.values()]).toEqual([{ client_id: '1', note: '说了什么', recording_id: '1/recording/0' }]);
});

test('lost answers do nothing twice', async () => {
  const { server, send } = world();
  const outbox = new Outbox(openStore(new IDBFactory()), send, 'me', alone);
  await outbox.keep(visit('1', spoken()));
  server.losesAnswers = 4;
  for (let round = 0; round < 5; round += 1) await outbox.flush();
  expect(await outbox.items()).toEqual([]);
  expect(server.recordings.size).toBe(1);
  expect(server.visits.size).toBe(1);
});

test('what is refused stays with its reasons and holds up nothing else', async () => {
  const { server, send } = world();
  const outbox = new Outbox(openStore(new IDBFactory()), send, 'me', alone);
  server.refuses = new Problem(422, 'invalid', '内容有误', [{ field: 'note', code: 'required', reason: '请填写' }]);
  await outbox.keep(visit('1'));
  expect((await outbox.one('1')).is).toBe('refused');
  server.refuses = null;
  await outbox.keep(visit('2'));
  await outbox.flush();
  const [left] = await outbox.items();
  expect(left).toMatchObject({ id: '1', state: 'refused', reason: '内容有误' });
  await outbox.keep({ ...(left as Waiting), state: 'waiting', key: 'edited' });
  expect((await outbox.one('1')).is).toBe('sent');
  expect(await outbox.items()).toEqual([]);
});

test('a session that ended keeps everything', async () => {
  const { server, send } = world();
  server.refuses = new Problem(401, 'unauthenticated', '请登录');
  const outbox = new Outbox(openStore(new IDBFactory()), send, 'me', alone);
  await outbox.keep(visit('1'));
  await outbox.flush();
  expect((await outbox.items())[0]).toMatchObject({ state: 'waiting', reason: 'unauthenticated' });
});

test('nobody sees or sends what another left on the phone', async () => {
  const factory = new IDBFactory();
  const { server, send } = world();
  const mine = new Outbox(openStore(factory), send, 'me', alone);
  await mine.keep(visit('1'));
  const theirs = new Outbox(openStore(factory), send, 'you', alone);
  await theirs.flush();
  expect(await theirs.items()).toEqual([]);
  expect(server.visits.size).toBe(0);
});

test('an upload that nobody continued in time is announced anew', async () => {
  const { server, send } = world();
  let gone = true;
  const outbox = new Outbox(openStore(new IDBFactory()), async (request) => {
    if (gone && request.method === 'HEAD') {
      gone = false;
      throw new Problem(404, 'http_404', '');
    }
    return send(request);
  }, 'me', alone);
  await outbox.keep(visit('1', spoken()));
  await outbox.flush();
  expect([...server.visits.values()]).toMatchObject([{ recording_id: '1/recording/1' }]);
});
