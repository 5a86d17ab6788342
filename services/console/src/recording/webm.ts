/** What a browser's recorder wrote: the codec's header and its packets, in order. */
export interface OpusStream {
  head: Uint8Array | null;
  packets: Uint8Array[];
}

/** Elements that hold others: they are gone into, whatever size they say, because live recordings say none. */
const INTO = new Set([0x18538067, 0x1f43b675, 0x1654ae6b, 0xae, 0xa0]);
const CODEC_PRIVATE = 0x63a2;
const SIMPLE_BLOCK = 0xa3;
const BLOCK = 0xa1;
/** Track number, two bytes of time, flags. */
const BLOCK_HEADER = 4;

/** A number whose length its first byte tells; ids keep the marker of that length, sizes do not. */
function variable(bytes: Uint8Array, at: number, keepsMarker: boolean): { value: number; length: number } | null {
  const first = bytes[at];
  if (first === undefined || first === 0) return null;
  const length = Math.clz32(first) - 23;
  if (at + length > bytes.length) return null;
  let value = keepsMarker ? first : first & (0xff >> length);
  for (let index = 1; index < length; index += 1) value = value * 256 + (bytes[at + index] ?? 0);
  return { value, length };
}

/** Takes the Opus packets out of WebM; what was cut off at the end is left out. */
export function opusOfWebm(bytes: Uint8Array): OpusStream {
  const found: OpusStream = { head: null, packets: [] };
  let at = 0;
  while (at < bytes.length) {
    const id = variable(bytes, at, true);
    const size = id && variable(bytes, at + id.length, false);
    if (!id || !size) break;
    at += id.length + size.length;
    if (INTO.has(id.value)) continue;
    const end = at + size.value;
    if (end > bytes.length) break;
    if (id.value === CODEC_PRIVATE) found.head = bytes.subarray(at, end);
    if (id.value === SIMPLE_BLOCK || id.value === BLOCK) found.packets.push(bytes.subarray(at + BLOCK_HEADER, end));
    at = end;
  }
  return found;
}
