import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import type WaveSurfer from 'wavesurfer.js';

import { api, body } from '../../api/client';
import { Problem, asProblem, problemOf } from '../../api/problem';
import type { components } from '../../api/schema';

import { keepPlaying } from './keepPlaying';
import { drawingOf } from './peaks';

type Recording = components['schemas']['RecordingView'];

/** Up to here the whole recording is fetched at once and drawn; what is longer is played as it arrives. */
const DRAWN_BYTES = 32 * 1024 * 1024;
const LOOK = { height: 76, waveColor: '#a9bbe8', progressColor: '#1f4ed8', cursorColor: '#c5221f', barWidth: 2, barGap: 1, barRadius: 2, normalize: true, dragToSeek: true };

export interface Playback {
  /** Where the waveform is drawn. */
  box: RefObject<HTMLDivElement | null>;
  ready: boolean;
  playing: boolean;
  atMs: number;
  problem: Problem | null;
  toggle: () => void;
  /** Goes to a time; and plays from there when asked to. */
  seek: (ms: number, play?: boolean) => void;
  setRate: (rate: number) => void;
}

/** Where the content is read: for this person, and for a short time, hence asked for at the last moment. */
async function linkTo(recording: Recording, signal: AbortSignal): Promise<string> {
  const shown = await body(api.GET('/api/recordings/{id}', { params: { path: { id: recording.id } }, signal }));
  // Without one the service says why: not there yet, or deleted.
  return shown.content_link?.url ?? recording.upload_url;
}

/** One request for the whole content, so that the access log holds one line for one listening. */
async function contentOf(link: string, signal: AbortSignal): Promise<Blob> {
  const response = await fetch(link, { signal });
  if (!response.ok) throw await problemOf(response);
  return response.blob();
}

async function load(surfer: WaveSurfer, recording: Recording, signal: AbortSignal): Promise<void> {
  const link = await linkTo(recording, signal);
  if (recording.bytes > DRAWN_BYTES) {
    await surfer.load(link, [[0]], recording.seconds ?? 0);
    return;
  }
  const content = await contentOf(link, signal);
  const { peaks, seconds } = await drawingOf(content);
  await surfer.loadBlob(content, [peaks], seconds);
}

/** Plays a recording and draws it. */
export function usePlayback(recording: Recording | undefined): Playback {
  const box = useRef<HTMLDivElement>(null);
  const surfer = useRef<WaveSurfer | null>(null);
  const [state, setState] = useState({ ready: false, playing: false, atMs: 0, problem: null as Problem | null });
  const id = recording?.id;
  useEffect(() => {
    if (!recording || !box.current) return undefined;
    const ended = new AbortController();
    const change = (part: Partial<typeof state>) => {
      if (!ended.signal.aborted) setState((before) => ({ ...before, ...part }));
    };
    const start = async () => {
      const { default: Surfer } = await import('wavesurfer.js');
      if (ended.signal.aborted || !box.current) return;
      const made = Surfer.create({ container: box.current, ...LOOK });
      surfer.current = made;
      made.on('ready', () => change({ ready: true }));
      made.on('play', () => change({ playing: true }));
      made.on('pause', () => change({ playing: false }));
      made.on('timeupdate', (seconds) => change({ atMs: seconds * 1000 }));
      await load(made, recording, ended.signal);
      if (recording.bytes > DRAWN_BYTES) keepPlaying(made, () => load(made, recording, ended.signal), fail);
    };
    const fail = (thrown: unknown) => change({ problem: thrown instanceof Problem ? thrown : unplayable(thrown) });
    start().catch(fail);
    return () => {
      ended.abort();
      surfer.current?.destroy();
      surfer.current = null;
      setState({ ready: false, playing: false, atMs: 0, problem: null });
    };
    // The same recording is not loaded again when it is asked for again.
  }, [id]);
  const toggle = useCallback(() => void surfer.current?.playPause().catch(() => undefined), []);
  const setRate = useCallback((rate: number) => surfer.current?.setPlaybackRate(rate, true), []);
  const seek = useCallback((ms: number, play = false) => {
    surfer.current?.setTime(ms / 1000);
    setState((before) => ({ ...before, atMs: ms }));
    if (play) void surfer.current?.play().catch(() => undefined);
  }, []);
  return { box, ...state, toggle, seek, setRate };
}

/** The browser does not know the format, or the network broke off. */
function unplayable(thrown: unknown): Problem {
  return thrown instanceof TypeError ? new Problem(0, 'unreachable', '') : new Problem(-1, 'not_playable', asProblem(thrown).title);
}
