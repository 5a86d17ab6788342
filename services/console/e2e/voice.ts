import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface Voice {
  variant: string;
  speed: number;
  pitch: number;
}

interface Speech {
  voice: Voice;
  sentences: { text: string; pinyin: string }[];
}

interface Recordings {
  answers: { objection: string; good: Speech; bad: Speech }[];
}

const PAUSE = '.<break time="900ms"/> ';

/** What a rep of the demonstration says to an objection, badly: written, and spoken as a WAV file. */
export function badAnswerTo(objection: string): { text: string; sound: { bytes: Buffer; type: string } } {
  const { answers } = JSON.parse(readFileSync(new URL('../../../deploy/demo/recordings.json', import.meta.url), 'utf8')) as Recordings;
  // What tests add to the library is answered as badly as anything else.
  const speech = (answers.find((one) => one.objection === objection) ?? answers[0])?.bad;
  if (!speech) throw new Error('the demonstration has no answers');
  const pinyin = speech.sentences.map((sentence) => sentence.pinyin).join(PAUSE);
  return { text: speech.sentences.map(({ text }) => text).join(''), sound: { bytes: spokenBy(speech.voice, pinyin), type: 'audio/wav' } };
}

/** Debian's espeak-ng reads hanzi wrongly, so it is given pinyin. */
export function spokenBy({ variant, speed, pitch }: Voice, pinyin: string): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-voice-'));
  try {
    const file = join(folder, 'said.wav');
    execFileSync('espeak-ng', ['-v', `cmn-latn-pinyin+${variant}`, '-s', String(speed), '-p', String(pitch), '-w', file, '-m', pinyin]);
    return readFileSync(file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
