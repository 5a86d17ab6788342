import { expect, test } from 'vitest';

import { checksum, oggOf, samplesOf } from './ogg';
import { opusOfWebm } from './webm';

const HEAD = [79, 112, 117, 115, 72, 101, 97, 100, 1, 1, 56, 1, 128, 187, 0, 0, 0, 0, 0];
/** 20 ms of one frame. */
const packet = (length: number) => [0x78, ...new Array<number>(length - 1).fill(7)];
const UNKNOWN = [0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff];
const sized = (length: number) => (length < 127 ? [0x80 | length] : [0x40 | (length >> 8), length & 0xff]);
const element = (id: number[], content: number[]) => [...id, ...sized(content.length), ...content];
const block = (content: number[]) => element([0xa3], [0x81, 0, 0, 0x80, ...content]);

function webm(...packets: number[][]): Uint8Array {
  return Uint8Array.from([
    ...element([0x1a, 0x45, 0xdf, 0xa3], [0x42, 0x82, 0x84, 119, 101, 98, 109]),
    0x18, 0x53, 0x80, 0x67, ...UNKNOWN,
    ...element([0x16, 0x54, 0xae, 0x6b], element([0xae], element([0x63, 0xa2], HEAD))),
    0x1f, 0x43, 0xb6, 0x75, ...UNKNOWN,
    ...element([0xe7], [0]),
    ...packets.flatMap(block),
  ]);
}

interface Read {
  flags: number;
  samples: number;
  content: Uint8Array;
}

function pagesOf(ogg: Uint8Array): Read[] {
  const pages: Read[] = [];
  let at = 0;
  while (at < ogg.length) {
    const view = new DataView(ogg.buffer, at);
    const count = ogg[at + 26] ?? 0;
    const lengths = [...ogg.subarray(at + 27, at + 27 + count)];
    const size = 27 + count + lengths.reduce((sum, one) => sum + one, 0);
    const bytes = ogg.slice(at, at + size);
    const said = view.getUint32(22, true);
    bytes.fill(0, 22, 26);
    expect(checksum(bytes)).toBe(said);
    pages.push({ flags: ogg[at + 5] ?? 0, samples: Number(view.getBigUint64(6, true)), content: bytes.subarray(27 + count) });
    at += size;
  }
  return pages;
}

test('packets come out of a live recording that tells no sizes', () => {
  const { head, packets } = opusOfWebm(webm(packet(3), packet(300)));
  expect([...(head ?? [])]).toEqual(HEAD);
  expect(packets.map((one) => one.length)).toEqual([3, 300]);
});

test('what was cut off at the end is left out', () => {
  const whole = webm(packet(3), packet(90));
  expect(opusOfWebm(whole.subarray(0, whole.length - 5)).packets).toHaveLength(1);
});

test('the same packets are in ogg, with the time they play', () => {
  const packets = Array.from({ length: 300 }, () => packet(10));
  const pages = pagesOf(oggOf(opusOfWebm(webm(...packets))));
  expect(pages.map(({ flags }) => flags)).toEqual([2, 0, 0, 4]);
  expect([...(pages[0]?.content ?? [])]).toEqual(HEAD);
  expect(pages.at(-1)?.samples).toBe(300 * 960);
  expect(pages.slice(2).reduce((sum, { content }) => sum + content.length, 0)).toBe(3_000);
});

test('the checksum is the one of ogg', () => {
  expect(checksum(Uint8Array.from([1]))).toBe(0x04c11db7);
});

test('a packet tells how long it plays', () => {
  expect(samplesOf(Uint8Array.from([0x78]))).toBe(960);
  expect(samplesOf(Uint8Array.from([0x79]))).toBe(1920);
  expect(samplesOf(Uint8Array.from([0x7b, 3]))).toBe(2880);
});
