import { webcrypto } from 'node:crypto';

import { beforeAll, expect, test } from 'vitest';

import { type Bytes, bytesOf, hex, sha256, toBase64 } from './bytes';
import { Frontier, leafHash } from './merkle';
import { NO_PREVIOUS } from './record';
import { verify } from './verify';

// Node.js 18 has it, though not as a global.
globalThis.crypto ??= webcrypto as Crypto;

const TENANT = '2aa52142-615c-59e4-aad3-f58d01b0d36d';
const NAME = 'sluice/crm';
const ORIGIN = `sluice/crm/${TENANT}`;

let keys: CryptoKeyPair;
let verifier: string;
let id: Bytes;
beforeAll(async () => {
  keys = (await crypto.subtle.generateKey({ name: 'Ed25519' }, true, ['sign', 'verify'])) as CryptoKeyPair;
  const typed = Uint8Array.of(1, ...new Uint8Array(await crypto.subtle.exportKey('raw', keys.publicKey)));
  id = (await sha256(bytesOf(`${NAME}\n`), typed)).slice(0, 4);
  verifier = `${NAME}+${hex(id)}+${toBase64(typed)}`;
});

async function signed(size: number, root: Bytes): Promise<string> {
  const text = `${ORIGIN}\n${size}\n${toBase64(root)}\n`;
  const signature = new Uint8Array(await crypto.subtle.sign({ name: 'Ed25519' }, keys.privateKey, bytesOf(text)));
  return `${text}\n— ${NAME} ${toBase64(Uint8Array.of(...id, ...signature))}\n`;
}

const record = (version: number, prev: string) =>
  JSON.stringify({
    v: 1, id: `00000000-0000-7000-8000-00000000000${version}`, tenant: TENANT, service: 'crm', aggregate: 'customer', aggregate_id: '11111111-1111-7111-8111-111111111111', version,
    type: 'customer.changed.v1', at: '2026-11-28T00:00:00Z', actor: { kind: 'person', id: TENANT, role: 'sales_rep' }, from: null, to: null, why: null, evidence: [],
    data: { amount: version }, causation: null, correlation: TENANT, prev,
  });

/** An export of five records with a checkpoint after the third and the fifth, as lines. */
async function exported(): Promise<string[]> {
  const frontier = new Frontier();
  const lines = [JSON.stringify({ sluice_ledger: 1, service: 'crm', tenant: TENANT, keys: [verifier], at: '2026-11-28T00:00:00Z', size: 5 })];
  let prev = NO_PREVIOUS;
  for (let version = 1; version <= 5; version += 1) {
    const text = record(version, prev);
    const hash = await leafHash(text);
    prev = hex(hash);
    await frontier.append(hash);
    lines.push(JSON.stringify({ index: version - 1, hash: prev, record: text }));
    if (version === 3 || version === 5) lines.push(JSON.stringify({ checkpoint: await signed(version, await frontier.root()) }));
  }
  return ended(lines);
}

/** The lines with a last one that fits them. */
async function ended(lines: string[], leaves = 5): Promise<string[]> {
  const digest = hex(await sha256(bytesOf(`${lines.join('\n')}\n`)));
  return [...lines, JSON.stringify({ end: { leaves, unsealed: 0, checkpoints: 2, sha256: digest } })];
}

const verified = (lines: string[]) => verify(bytesOf(`${lines.join('\n')}\n`));
const kinds = async (lines: string[]) => (await verified(lines)).findings.map(({ kind }) => kind);

test('an export as it was written has nothing wrong with it, and every record is covered', async () => {
  const { findings, logs, records } = await verified(await exported());
  expect(findings).toEqual([]);
  expect(logs[0]).toMatchObject({ service: 'crm', leaves: 5, unsealed: 0, keys: [verifier] });
  expect(logs[0]?.checkpoints.map(({ size }) => size)).toEqual([3, 5]);
  expect(records.every(({ hash, computed }) => hash === computed)).toBe(true);
});

test('an altered record is named, and nothing else is', async () => {
  const lines = await exported();
  const altered = lines.map((line, at) => (at === 2 ? line.replace('\\"amount\\":2', '\\"amount\\":9') : line));
  const { findings } = await verified(await ended(altered.slice(0, -1)));
  expect(findings).toMatchObject([{ kind: 'record_altered', index: 1, line: 3, eventId: '00000000-0000-7000-8000-000000000002' }]);
  expect(findings[0]?.stated).not.toBe(findings[0]?.found);
});

test('a record that was altered with its hash breaks the chain and the signed root', async () => {
  const lines = await exported();
  const text = record(2, JSON.parse(lines[1] ?? '').hash as string).replace('"amount":2', '"amount":9');
  const forged = JSON.stringify({ index: 1, hash: hex(await leafHash(text)), record: text });
  expect(await kinds(await ended([lines[0] ?? '', lines[1] ?? '', forged, ...lines.slice(3, -1)]))).toEqual(['broken_chain', 'root_differs']);
});

test('a record that was taken out leaves a hole', async () => {
  const lines = await exported();
  const found = await kinds(await ended([...lines.slice(0, 3), ...lines.slice(4, -1)], 4));
  expect(found).toEqual(expect.arrayContaining(['leaf_out_of_sequence', 'version_out_of_sequence', 'header_count']));
});

test('records that changed places are found', async () => {
  const [header = '', one = '', two = '', ...rest] = (await exported()).slice(0, -1);
  expect(await kinds(await ended([header, two, one, ...rest]))).toEqual(expect.arrayContaining(['leaf_out_of_sequence', 'version_out_of_sequence']));
});

test('a checkpoint with another\'s signature is none', async () => {
  const lines = await exported();
  const other = lines.map((line) => (line.includes('"checkpoint"') ? line.replace('\\n5\\n', '\\n6\\n') : line));
  expect(await kinds(await ended(other.slice(0, -1)))).toEqual(['invalid_checkpoint', 'uncovered']);
});

test('a key whose id is not its own signs nothing', async () => {
  const lines = await exported();
  const forged = (lines[0] ?? '').replace(/\+[0-9a-f]{8}\+/, '+00000000+');
  expect(await kinds(await ended([forged, ...lines.slice(1, -1)]))).toEqual(['invalid_key', 'invalid_checkpoint', 'invalid_checkpoint', 'uncovered']);
});

test('what is cut off, left over or changed in its last line is found', async () => {
  const lines = await exported();
  expect(await kinds(lines.slice(0, -1))).toEqual(['truncated']);
  expect(await kinds([...lines, 'x'])).toEqual(['unreadable_line']);
  expect(await kinds([])).toContain('no_export');
  expect(await kinds([...lines, ...lines])).toContain('repeated_log');
  expect(await kinds(lines.map((line) => line.replace('"at":"2026-11-28T00:00:00Z","size"', '"at":"2026-11-29T00:00:00Z","size"')))).toEqual(['digest_differs']);
});

test('the tree is that of RFC 6962', async () => {
  const frontier = new Frontier();
  expect(hex(await frontier.root())).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  await frontier.append(await leafHash(''));
  expect(hex(await frontier.root())).toBe('6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d');
});
