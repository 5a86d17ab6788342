import { oggOf } from './ogg';
import { opusOfWebm } from './webm';

/** Small enough for voice on a phone's network. */
const BITS_PER_SECOND = 24_000;
const KINDS = ['audio/ogg;codecs=opus', 'audio/webm;codecs=opus', 'audio/mp4'] as const;

export interface Running {
  stop: () => Promise<Blob>;
  /** Gives up what was recorded. */
  cancel: () => void;
}

/** True where a browser can record at all. */
export function canRecord(): boolean {
  return typeof MediaRecorder !== 'undefined' && navigator.mediaDevices?.getUserMedia !== undefined;
}

/** Records from the microphone; fails when the person or the browser does not allow it. Every part is told as it comes. */
export async function record(told: (part: Blob) => void = () => undefined): Promise<Running> {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1, noiseSuppression: true } });
  const mimeType = KINDS.find((kind) => MediaRecorder.isTypeSupported(kind));
  const recorder = new MediaRecorder(stream, { audioBitsPerSecond: BITS_PER_SECOND, ...(mimeType ? { mimeType } : {}) });
  const parts: Blob[] = [];
  recorder.addEventListener('dataavailable', ({ data }) => {
    if (data.size === 0) return;
    parts.push(data);
    told(data);
  });
  const release = () => stream.getTracks().forEach((track) => track.stop());
  const stopped = new Promise<void>((resolve) => recorder.addEventListener('stop', () => resolve(), { once: true }));
  recorder.start(1_000);
  return {
    stop: async () => {
      recorder.stop();
      await stopped;
      release();
      return readable(parts, recorder.mimeType);
    },
    cancel: () => {
      if (recorder.state !== 'inactive') recorder.stop();
      release();
    },
  };
}

/** The parts as one recording. WebM cannot be written down by the service: its packets are put into Ogg. */
export async function readable(parts: readonly BlobPart[], mimeType: string): Promise<Blob> {
  const type = mimeType.split(';')[0] ?? '';
  const recorded = new Blob([...parts], { type });
  if (type !== 'audio/webm') return recorded;
  const stream = opusOfWebm(new Uint8Array(await recorded.arrayBuffer()));
  return new Blob([oggOf(stream)], { type: 'audio/ogg' });
}
