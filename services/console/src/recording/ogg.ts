import type { OpusStream } from './webm';

const MOST_SEGMENTS = 255;
const CONTINUES = 255;
const BEGINS = 2;
const ENDS = 4;
/** Samples of one frame at 48 kHz, by the first five bits of a packet: SILK, hybrid, CELT. */
const FRAME = [480, 960, 1920, 2880, 480, 960, 1920, 2880, 480, 960, 1920, 2880, 480, 960, 480, 960, 120, 240, 480, 960, 120, 240, 480, 960, 120, 240, 480, 960, 120, 240, 480, 960];

const CRC = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte << 24;
  for (let bit = 0; bit < 8; bit += 1) value = value & 0x80000000 ? (value << 1) ^ 0x04c11db7 : value << 1;
  return value >>> 0;
});

export function checksum(bytes: Uint8Array): number {
  let sum = 0;
  for (const byte of bytes) sum = ((sum << 8) ^ (CRC[((sum >>> 24) ^ byte) & 0xff] ?? 0)) >>> 0;
  return sum;
}

/** How many samples at 48 kHz a packet plays. */
export function samplesOf(packet: Uint8Array): number {
  const toc = packet[0] ?? 0;
  const frames = (toc & 3) === 0 ? 1 : (toc & 3) === 3 ? (packet[1] ?? 1) & 63 : 2;
  return (FRAME[toc >> 3] ?? 960) * frames;
}

const ascii = (text: string) => [...text].map((letter) => letter.charCodeAt(0));
/** One channel, the usual delay of the encoder, 48 kHz. */
const PLAIN_HEAD = Uint8Array.from([...ascii('OpusHead'), 1, 1, 56, 1, 128, 187, 0, 0, 0, 0, 0]);
const TAGS = Uint8Array.from([...ascii('OpusTags'), 6, 0, 0, 0, ...ascii('sluice'), 0, 0, 0, 0]);

/** The lengths of a packet as a page lists them. */
function lacing(packet: Uint8Array): number[] {
  return [...new Array<number>(Math.floor(packet.length / CONTINUES)).fill(CONTINUES), packet.length % CONTINUES];
}

function page(packets: readonly Uint8Array[], number: number, samples: number, flags: number): Uint8Array {
  const segments = packets.flatMap(lacing);
  const bytes = new Uint8Array(27 + segments.length + packets.reduce((sum, packet) => sum + packet.length, 0));
  const view = new DataView(bytes.buffer);
  bytes.set([...ascii('OggS'), 0, flags]);
  view.setBigUint64(6, BigInt(samples), true);
  view.setUint32(14, 1, true);
  view.setUint32(18, number, true);
  bytes[26] = segments.length;
  bytes.set(segments, 27);
  let at = 27 + segments.length;
  for (const packet of packets) {
    bytes.set(packet, at);
    at += packet.length;
  }
  view.setUint32(22, checksum(bytes), true);
  return bytes;
}

/** Packets in groups that fit into one page each. */
function grouped(packets: readonly Uint8Array[]): Uint8Array[][] {
  const groups: Uint8Array[][] = [];
  let room = 0;
  for (const packet of packets) {
    const needs = lacing(packet).length;
    if (needs > room) {
      groups.push([]);
      room = MOST_SEGMENTS;
    }
    groups.at(-1)?.push(packet);
    room -= needs;
  }
  return groups;
}

/** The same sound in Ogg, which the recogniser reads; nothing is encoded anew. */
export function oggOf({ head, packets }: OpusStream): Uint8Array<ArrayBuffer> {
  const groups = grouped(packets);
  let samples = 0;
  const sound = groups.map((group, index) => {
    samples += group.reduce((sum, packet) => sum + samplesOf(packet), 0);
    return page(group, index + 2, samples, index === groups.length - 1 ? ENDS : 0);
  });
  const pages = [page([head ?? PLAIN_HEAD], 0, 0, BEGINS), page([TAGS], 1, 0, 0), ...sound];
  const whole = new Uint8Array(pages.reduce((sum, one) => sum + one.length, 0));
  let at = 0;
  for (const one of pages) {
    whole.set(one, at);
    at += one.length;
  }
  return whole;
}
