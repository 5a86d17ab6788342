/** So many bars are drawn at most: more than any screen has room for. */
const BARS = 4_000;
/** Enough to draw from, and little to keep. */
const RATE = 8_000;

export interface Drawing {
  peaks: Float32Array;
  seconds: number;
}

/** The loudest moment of all channels in every stretch of time: who was heard, whichever side of the call it was. */
export function peaksOf(channels: readonly Float32Array[], most: number = BARS): Float32Array {
  const length = Math.max(0, ...channels.map((channel) => channel.length));
  const bars = Math.min(most, length);
  const peaks = new Float32Array(bars);
  for (const channel of channels) {
    channel.forEach((sample, at) => {
      const bar = Math.floor((at * bars) / length);
      peaks[bar] = Math.max(peaks[bar] ?? 0, Math.abs(sample));
    });
  }
  return peaks;
}

/** What a recording looks like. A call has a channel for each side, and one of them may be silent throughout. */
export async function drawingOf(content: Blob): Promise<Drawing> {
  const sound = await new OfflineAudioContext(1, 1, RATE).decodeAudioData(await content.arrayBuffer());
  return { peaks: peaksOf(Array.from({ length: sound.numberOfChannels }, (_, channel) => sound.getChannelData(channel))), seconds: sound.duration };
}
