import type { Texts } from '../zh';

export const coaching: Texts['coaching'] = {
  title: 'Coaching',
  hintCoach: 'Whoever needs a coach most comes first',
  hintRep: 'Answer drawn objections and do the practice your coach assigned',
  typed: 'In short',
  answer: 'Answer',
  column: { objection: 'Objection', rep: 'Rep', outcome: 'Outcome', percent: 'Score', answered: 'Answered' },
  outcome: { good: 'Good', needs_coaching: 'Needs coaching', needs_human: 'Needs a human', waiting: 'Being scored' },
  state: { waiting_answer: 'To be answered', waiting_review: 'Waiting for a coach', decided: 'Decided' },
  decision: { passed: 'Passed', practice: 'Practice', dismissed: 'Does not count' },
  queue: { title: 'To review', filter: 'Filter by outcome', none: 'Nothing to review', noneHint: 'Answers appear here once they are scored.', start: 'Start' },
  mine: { title: 'My objections', none: 'No objection was drawn yet', noneHint: 'After a visit, one past objection of that customer or industry is drawn.', answer: 'Answer' },
  answerForm: { title: 'Answer the objection', submit: 'Send answer', text: 'Your answer in short (100 characters at most)' },
  practice: {
    title: 'Practice', none: 'No practice', due: 'Due', note: 'What to practise', do: 'Record', doTitle: 'Record the practice', submit: 'Send', review: 'See the answer',
    state: { assigned: 'To do', done: 'Done' },
  },
  player: { play: 'Play', pause: 'Pause', rate: 'Speed', journalled: 'Every listen is logged', notPlayable: 'This browser cannot play the format; please read the transcript below.' },
  recordingState: { uploading: 'The recording has not arrived yet', stored: 'Stored', refused: 'The recording was refused', abandoned: 'The upload was given up', deleted: 'The recording was deleted' },
  transcript: {
    none: 'No transcript', working: 'Being written down', doubtful: 'Doubtful', someDoubtful: '{{count}} of {{of}} sentences are doubtful', confidence: 'Confidence {{share}}',
    covered: 'Key point', forbidden: 'Forbidden', contradiction: 'Wrong figure', failed: 'The recording could not be written down', retry: 'Try again',
    why: {
      recording_empty: 'The recording is empty', recording_not_audio: 'The file is no recording', recording_format_unsupported: 'This format cannot be written down', recording_broken: 'The file is broken',
      recording_too_long: 'The recording is too long', other: 'It may work later.',
    },
  },
  score: {
    title: 'What the score rests on', none: 'Not scored yet', noneHint: 'It is scored once the recording is written down.', human: 'The machine does not decide; please do', nothing: 'No key point was recognised', covered: 'Said', missing: 'Must be said, missing', missingNice: 'Nice to say, missing',
    forbidden: 'Forbidden promise', contradiction: 'Figure does not match', saidListed: 'Said “{{said}}”, should be “{{listed}}”', fromPriceList: 'From the price facts: {{product}}', fromPoint: 'From the key point: {{point}}',
    everyProduct: 'every product', nearest: 'Closest:', sentence: 'Sentence {{number}}', pointGone: 'Talk track withdrawn',
  },
  reason: {
    no_talk_track: 'No talk track answers this objection', transcription_failed: 'The recording could not be written down', recording_deleted: 'The recording was deleted', silent: 'Nobody speaks in the recording', truncated: 'The recording was cut off', text_and_speech_differ: 'Text and speech differ',
    unknown_speaker: 'It is unclear who speaks', doubtful: 'Key sentences are doubtful', poor_audio: 'Poor audio', too_close: 'Too close to the pass mark', nothing_to_say: 'The talk track has no point that must be said', other: 'The machine cannot tell',
  },
  comments: { title: 'Remarks', none: 'No remarks yet', at: '{{time}}: {{text}}', placeholder: 'Remark at {{time}}', add: 'Add' },
  override: {
    title: 'Override the score', open: 'Override', hint: 'If you see it otherwise, press 1–5 for a score and say why.', percent: 'Score', points: 'Points that were said', save: 'Save score',
    reasons: { said: 'The points were said', misheard: 'Misheard', tone: 'Well put', promise: 'Promised too much', missing: 'Key point missing' },
  },
  decide: {
    title: 'Decide', decision: 'Decision', comment: 'A word to the rep', resolved: 'Objection', resolvedAs: { unknown: 'Not sure', yes: 'Resolved', no: 'Not resolved' }, submit: 'Decide', skip: 'Skip to next', next: 'Next', last: 'All reviewed',
  },
  keys: {
    title: 'Keys', space: 'Space', play: 'Play or pause', step: 'Sentence back, forward', score: 'Override 20–100', comment: 'Remark at this time', decide: 'Decide; press again to confirm', next: 'Next review', help: 'Show the keys',
  },
  agreement: {
    title: 'Agreement', from: 'From', until: 'Until', withMachine: 'Coaches and machine', coaches: 'Between coaches', wrongFlags: 'Wrong flags', missed: 'Missed', hint: "Cohen's κ: above 0.6 is good, above 0.8 very good.", tooFew: 'Too few ({{count}})', judged: '{{count}} answers, {{share}} alike',
  },
  transcripts: { title: 'Transcripts', waiting: 'Waiting', working: 'In progress', model: 'Model', missing: 'There is no recogniser; recordings wait' },
};

export const recording: Texts['recording'] = {
  title: 'Recording', start: 'Record', stop: 'Stop', again: 'Record again', file: 'Choose a recording', running: 'Recording…', preview: 'Listen', refused: 'The microphone cannot be used. Check the browser’s permission or choose a file.',
  needed: 'Please record or choose a recording', consent: 'Everybody recorded has agreed', consentNeeded: 'Everybody recorded must agree',
};
