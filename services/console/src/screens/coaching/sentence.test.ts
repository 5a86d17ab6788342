import { expect, test } from 'vitest';

import type { Score, Sentence } from './query';
import { clock, marksOf, placeAt, stepFrom } from './sentence';

const sentence = (number: number, start_ms: number, end_ms: number) => ({ number, start_ms, end_ms }) as Sentence;
const SAID = [sentence(0, 0, 1_900), sentence(1, 3_000, 6_200), sentence(2, 7_300, 8_100)];

test('between two sentences the one before is current', () => {
  expect(placeAt(SAID, 0)).toBe(0);
  expect(placeAt(SAID, 2_500)).toBe(0);
  expect(placeAt(SAID, 3_000)).toBe(1);
  expect(placeAt(SAID, 60_000)).toBe(2);
  expect(placeAt([], 5)).toBe(-1);
});

test('a step back goes to the beginning of the sentence first', () => {
  expect(stepFrom(SAID, 5_000, -1)?.number).toBe(1);
  expect(stepFrom(SAID, 3_100, -1)?.number).toBe(0);
  expect(stepFrom(SAID, 3_100, 1)?.number).toBe(2);
  expect(stepFrom(SAID, 8_000, 1)?.number).toBe(2);
  expect(stepFrom([], 0, 1)).toBeUndefined();
});

test('a sentence says everything that was found in it', () => {
  const score = {
    covered: [{ point: 'measured', sentences: [1, 2] }],
    forbidden: [{ point: 'half', sentence: 1 }],
    contradictions: [{ sentence: 2, said: '两年', listed: '三年' }],
  } as unknown as Score;
  expect(marksOf(score).get(1)?.map((mark) => mark.kind)).toEqual(['covered', 'forbidden']);
  expect(marksOf(score).get(2)?.map((mark) => mark.kind)).toEqual(['covered', 'contradiction']);
  expect(marksOf(null).size).toBe(0);
});

test('times are minutes and seconds', () => {
  expect(clock(83_456)).toBe('1:23');
  expect(clock(-1)).toBe('0:00');
});
