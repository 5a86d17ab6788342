//! A recording that is being decoded.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread;
use std::time::Duration;

use super::worker::{self, Message};
use super::{AudioError, Block, Cancel, Info, Input, Limits, Summary};

/// Blocks decoded ahead of the reader: two seconds.
const AHEAD: usize = 4;

/// A recording that is being decoded, on a thread of its own, no further ahead than two seconds.
///
/// The thread is a fence. A panic in a decoder becomes [`AudioError::DecoderFailed`]; a decoder that produces
/// nothing for [`Limits::patience`] is abandoned with [`AudioError::Stalled`]; dropping the recording or
/// cancelling stops the thread at its next read, packet or block.
pub struct Recording {
    from: Receiver<Message>,
    info: Info,
    patience: Duration,
    stop: Stop,
    summary: Option<Summary>,
}

/// Ends the thread of a recording that nobody reads any more.
struct Stop(Cancel);

impl Drop for Stop {
    fn drop(&mut self) {
        self.0.cancel();
    }
}

impl Recording {
    /// Recognises the format, starts the decoder and waits for what the container says.
    pub fn open(input: Input, limits: &Limits, cancel: &Cancel) -> Result<Self, AudioError> {
        let stop = Stop(cancel.for_one());
        let from = spawn(input, limits.clone(), stop.0.clone())?;
        match receive(&from, limits.patience)? {
            Message::Opened(info) => Ok(Self { from, info, patience: limits.patience, stop, summary: None }),
            Message::Failed(error) => Err(error),
            Message::Block(_) | Message::Done(_) => Err(AudioError::DecoderFailed),
        }
    }

    /// What the container says.
    pub fn info(&self) -> &Info {
        &self.info
    }

    /// The next half second or less; `None` behind the last.
    pub fn next_block(&mut self) -> Result<Option<Block>, AudioError> {
        if self.summary.is_some() {
            return Ok(None);
        }
        if self.stop.0.is_cancelled() {
            return Err(AudioError::Cancelled);
        }
        match receive(&self.from, self.patience)? {
            Message::Block(block) => Ok(Some(block)),
            Message::Done(summary) => {
                self.summary = Some(summary);
                Ok(None)
            }
            Message::Failed(error) => Err(error),
            Message::Opened(_) => Err(AudioError::DecoderFailed),
        }
    }

    /// What decoding found; `None` until [`Recording::next_block`] has returned `None`.
    pub fn summary(&self) -> Option<&Summary> {
        self.summary.as_ref()
    }
}

fn spawn(input: Input, limits: Limits, stop: Cancel) -> Result<Receiver<Message>, AudioError> {
    let (tell, from) = sync_channel(AHEAD);
    let decode = move || fenced(&tell, || worker::run(input, &limits, &stop, &tell));
    thread::Builder::new().name("audio-decode".into()).spawn(decode)?;
    Ok(from)
}

/// Runs `decode`; a panic in it is told to the listener and ends there.
fn fenced(tell: &SyncSender<Message>, decode: impl FnOnce()) {
    if catch_unwind(AssertUnwindSafe(decode)).is_err() {
        // A listener that is gone need not know.
        let _ = tell.send(Message::Failed(AudioError::DecoderFailed));
    }
}

fn receive(from: &Receiver<Message>, patience: Duration) -> Result<Message, AudioError> {
    from.recv_timeout(patience).map_err(|error| match error {
        RecvTimeoutError::Timeout => AudioError::Stalled { patience },
        RecvTimeoutError::Disconnected => AudioError::DecoderFailed,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panicking_decoder_is_reported_and_nothing_else_happens() {
        let (tell, from) = sync_channel(1);
        fenced(&tell, || panic!("hostile bytes"));
        assert!(matches!(receive(&from, Duration::ZERO), Ok(Message::Failed(AudioError::DecoderFailed))));
    }

    #[test]
    fn a_decoder_without_progress_is_abandoned() {
        let (_tell, from) = sync_channel(1);
        assert!(matches!(receive(&from, Duration::ZERO), Err(AudioError::Stalled { .. })));
    }
}
