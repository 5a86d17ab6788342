//! The recogniser on a thread of its own, and what it tells.

use std::fs::File;
use std::sync::mpsc as answers;
use std::time::Duration;

use speech::audio::{AudioError, Cancel, Input, Limits, Speaker};
use speech::engine::Hints;
use speech::transcribe::{self, Event, TranscribeError, Transcriber};
use tokio::sync::mpsc;

use crate::app::State;
use crate::domain::transcript::{Channel, Sentence, Transcript};

/// Sentences on their way; the recogniser waits when so many are not taken yet.
const IN_FLIGHT: usize = 256;

/// What the recogniser's thread tells.
pub(super) enum Heard {
    Sentence(Sentence),
    /// Every sentence of the speech that ended by this millisecond was told. The thread waits for the answer; without
    /// one it stops.
    Settled(i64, answers::Sender<()>),
    /// Milliseconds that the recording says it has.
    Total(i64),
    Ended(Box<Result<transcribe::Transcript, TranscribeError>>),
}

/// Starts to write a recording down where an earlier turn has settled. Nobody who stops the service waits for the
/// thread; when nobody listens to it any more it stops by itself.
pub(super) fn listen(
    state: &State,
    turn: &Transcript,
    transcriber: Transcriber,
    file: File,
    hints: Hints,
) -> std::io::Result<mpsc::Receiver<Heard>> {
    let (tell, heard) = mpsc::channel(IN_FLIGHT);
    let from = Duration::from_millis(u64::try_from(turn.heard_ms).unwrap_or(0));
    let recordings = &state.config.recordings;
    let limits = Limits {
        max_duration: Duration::from_mins(u64::from(recordings.longest_minutes)),
        max_bytes: u64::try_from(recordings.largest_bytes).unwrap_or(0),
        ..Limits::default()
    };
    let mut teller = Teller { tell, cancel: Cancel::default() };
    std::thread::Builder::new().name("transcribe".into()).spawn(move || {
        let cancel = teller.cancel.clone();
        let result = Input::new(file).map_err(|error| TranscribeError::from(AudioError::Read(error)));
        let result = result.and_then(|input| {
            transcriber.resume(from, input, &hints, &limits, &cancel, &mut |event| teller.hear(event))
        });
        teller.send(Heard::Ended(Box::new(result)));
    })?;
    Ok(heard)
}

struct Teller {
    tell: mpsc::Sender<Heard>,
    cancel: Cancel,
}

impl Teller {
    fn hear(&mut self, event: Event) {
        match event {
            Event::Decoded(progress) => {
                if let Some(declared) = progress.declared {
                    self.send(Heard::Total(millis(declared)));
                }
            }
            Event::Sentence(sentence) => self.send(Heard::Sentence(of_speech(sentence))),
            Event::Settled(at) => {
                let (go_on, answer) = answers::channel();
                self.send(Heard::Settled(millis_up(at), go_on));
                if answer.recv().is_err() {
                    self.cancel.cancel();
                }
            }
        }
    }

    fn send(&mut self, heard: Heard) {
        if self.tell.blocking_send(heard).is_err() {
            self.cancel.cancel();
        }
    }
}

fn of_speech(sentence: transcribe::Sentence) -> Sentence {
    Sentence {
        number: 0,
        start_ms: millis(sentence.range.start),
        end_ms: millis(sentence.range.end),
        speaker: match sentence.speaker {
            Speaker::Mono => Channel::Mono,
            Speaker::Left => Channel::Left,
            Speaker::Right => Channel::Right,
            Speaker::Both => Channel::Both,
        },
        text: sentence.text,
        confidence: sentence.confidence,
        doubtful: sentence.doubtful,
    }
}

pub(super) fn millis(time: Duration) -> i64 {
    i64::try_from(time.as_millis()).unwrap_or(i64::MAX)
}

/// Rounded up: speech that ended at `time` has ended by then.
fn millis_up(time: Duration) -> i64 {
    i64::try_from(time.as_nanos().div_ceil(1_000_000)).unwrap_or(i64::MAX)
}
