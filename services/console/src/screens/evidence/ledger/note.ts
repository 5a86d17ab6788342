import { type Bytes, fromBase64, hex, isSignedBy, sha256, bytesOf } from './bytes';

/** A named public key, written `<name>+<key id in hex>+<base64 of type and key>`. */
export interface Verifier {
  text: string;
  name: string;
  id: string;
  key: Bytes;
}

/** A log's size and root, as one of its keys has signed it. */
export interface Checkpoint {
  origin: string;
  size: number;
  root: string;
  signedBy: string;
}

const ED25519 = 1;
const MARK = '— ';

/** The key, if its id is the one that follows from name and key. */
export async function verifierOf(text: string): Promise<Verifier | undefined> {
  const [name, id, ...rest] = text.split('+');
  const typed = fromBase64(rest.join('+'));
  if (!name || !id || typed?.length !== 33 || typed[0] !== ED25519) return undefined;
  const key = typed.slice(1);
  const expected = hex((await sha256(bytesOf(`${name}\n`), typed)).slice(0, 4));
  return expected === id ? { text, name, id, key } : undefined;
}

/** A C2SP signed note that one of the keys has signed; undefined when none did or a signature is wrong. */
export async function openCheckpoint(note: string, keys: readonly Verifier[]): Promise<Checkpoint | undefined> {
  const split = note.lastIndexOf('\n\n');
  if (split < 0 || !note.endsWith('\n')) return undefined;
  const text = note.slice(0, split + 1);
  const signed = await signersOf(text, note.slice(split + 2, -1).split('\n'), keys);
  const [origin, size, root] = text.split('\n');
  if (!signed || !origin || !size || !/^(0|[1-9]\d{0,14})$/.test(size) || fromBase64(root ?? '')?.length !== 32) return undefined;
  return { origin, size: Number(size), root: root ?? '', signedBy: signed };
}

/** The name of a known key that signed; undefined when no known one did, or when one's signature is wrong. */
async function signersOf(text: string, lines: readonly string[], keys: readonly Verifier[]): Promise<string | undefined> {
  let signedBy: string | undefined;
  for (const line of lines) {
    const [name, encoded] = line.startsWith(MARK) ? line.slice(MARK.length).split(' ') : [];
    const bytes = fromBase64(encoded ?? '');
    if (!name || !bytes || bytes.length < 5) return undefined;
    const id = hex(bytes.slice(0, 4));
    for (const key of keys.filter((one) => one.name === name && one.id === id)) {
      if (!(await isSignedBy(key.key, text, bytes.slice(4)))) return undefined;
      signedBy = key.text;
    }
  }
  return signedBy;
}

