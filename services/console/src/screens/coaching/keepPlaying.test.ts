import { expect, test } from 'vitest';

import { LINK_LASTS_MS, keepPlaying } from './keepPlaying';

/** A player whose link runs out at will; loading anew takes it back to its beginning, as browsers do. */
function playerAt(seconds: number, rate: number, playing: boolean) {
  const state = { at: seconds, rate, playing, loads: 0 };
  let broken = () => undefined as void;
  let now = 0;
  const player = {
    on: (_: 'error', listener: () => void) => (broken = listener),
    isPlaying: () => state.playing,
    getCurrentTime: () => state.at,
    getPlaybackRate: () => state.rate,
    setPlaybackRate: (to: number) => void (state.rate = to),
    setTime: (to: number) => void (state.at = to),
    play: async () => void (state.playing = true),
  };
  const load = async () => void Object.assign(state, { at: 0, rate: 1, playing: false, loads: state.loads + 1 });
  keepPlaying(player, load, (thrown) => { throw thrown; }, () => now);
  const breaksAfter = async (ms: number) => {
    now += ms;
    broken();
    await new Promise((done) => setTimeout(done));
  };
  return { state, breaksAfter };
}

test('a long recording goes on where it was and as fast when its link has run out, every time', async () => {
  const { state, breaksAfter } = playerAt(754, 1.5, true);
  await breaksAfter(LINK_LASTS_MS);
  expect(state).toEqual({ at: 754, rate: 1.5, playing: true, loads: 1 });
  state.at = 1500;
  await breaksAfter(LINK_LASTS_MS);
  expect(state).toEqual({ at: 1500, rate: 1.5, playing: true, loads: 2 });
});

test('what was paused stays paused', async () => {
  const { state, breaksAfter } = playerAt(12, 1, false);
  await breaksAfter(LINK_LASTS_MS);
  expect(state).toEqual({ at: 12, rate: 1, playing: false, loads: 1 });
});

test('an error while the link still works asks for no other', async () => {
  const { state, breaksAfter } = playerAt(12, 1, true);
  await breaksAfter(LINK_LASTS_MS - 1);
  expect(state.loads).toBe(0);
});

test('a new link that cannot be had is said', async () => {
  const failures: unknown[] = [];
  let broken = () => undefined as void;
  const player = { on: (_: 'error', listener: () => void) => (broken = listener), isPlaying: () => true, getCurrentTime: () => 3, getPlaybackRate: () => 1, setPlaybackRate: () => undefined, setTime: () => undefined, play: async () => undefined };
  let now = 0;
  keepPlaying(player, () => Promise.reject(new Error('deleted')), (thrown) => failures.push(thrown), () => now);
  now = LINK_LASTS_MS;
  broken();
  await new Promise((done) => setTimeout(done));
  expect(failures).toEqual([new Error('deleted')]);
});
