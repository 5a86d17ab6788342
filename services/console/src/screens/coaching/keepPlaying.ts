/** What is needed of a player to go on under another link. */
interface Player {
  on: (event: 'error', listener: () => void) => unknown;
  isPlaying: () => boolean;
  getCurrentTime: () => number;
  getPlaybackRate: () => number;
  setPlaybackRate: (rate: number, keepPitch: boolean) => void;
  setTime: (seconds: number) => void;
  play: () => Promise<void>;
}

/** A link works for longer than this: an error before is not its end. */
export const LINK_LASTS_MS = 10 * 60 * 1000;

/**
 * What is played as it arrives goes on under a new link when the old one's time is over: from where it was, as fast, and
 * still paused where somebody had paused it.
 */
export function keepPlaying(player: Player, load: () => Promise<void>, fail: (thrown: unknown) => void, clock: () => number = Date.now): void {
  let begun = clock();
  player.on('error', () => {
    if (clock() - begun < LINK_LASTS_MS) return;
    begun = clock();
    const [at, rate, playing] = [player.getCurrentTime(), player.getPlaybackRate(), player.isPlaying()];
    const goOn = async () => {
      await load();
      player.setPlaybackRate(rate, true);
      player.setTime(at);
      if (playing) await player.play();
    };
    goOn().catch(fail);
  });
}
