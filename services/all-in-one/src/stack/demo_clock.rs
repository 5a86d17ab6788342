//! The clock of a demonstration, whose records keep the times that it was moved to: a later start goes on from there.

use std::fs;
use std::io::{Error, ErrorKind};
use std::path::{Path, PathBuf};

use chrono::Duration;
use kernel::Clock;
use tokio::sync::watch::Receiver;
use tokio::task::JoinHandle;

/// In the data folder: how many microseconds the clock runs ahead of the machine.
const FILE: &str = "clock-ahead";

/// A clock that remembers how far it was moved; until it is dropped.
pub struct DemoClock {
    pub clock: Clock,
    remembering: JoinHandle<()>,
}

impl DemoClock {
    /// Goes on where the clock of this folder stood.
    pub fn of(folder: &Path) -> Result<Self, Error> {
        let file = folder.join(FILE);
        let clock = Clock::movable();
        if let Some(ahead) = read(&file)? {
            clock.advance(ahead).map_err(Error::other)?;
        }
        let remembering = tokio::spawn(remember(clock.clone(), clock.moved(), file));
        Ok(Self { clock, remembering })
    }
}

impl Drop for DemoClock {
    fn drop(&mut self) {
        self.remembering.abort();
    }
}

fn read(file: &Path) -> Result<Option<Duration>, Error> {
    let text = match fs::read_to_string(file) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    let micros =
        text.trim().parse().map_err(|error| Error::new(ErrorKind::InvalidData, format!("{text:?}: {error}")))?;
    Ok(Some(Duration::microseconds(micros)))
}

async fn remember(clock: Clock, mut moved: Receiver<()>, file: PathBuf) {
    while moved.changed().await.is_ok() {
        if let Err(error) = write(&file, clock.offset()) {
            tracing::warn!(%error, file = %file.display(), "the next start will not know how far the clock was moved");
        }
    }
}

/// Whole or not at all.
fn write(file: &Path, ahead: Duration) -> Result<(), Error> {
    let fresh = file.with_extension("new");
    fs::write(&fresh, ahead.num_microseconds().unwrap_or(0).to_string())?;
    fs::rename(fresh, file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_later_start_goes_on_where_the_clock_stood() {
        let folder = tempfile::tempdir().unwrap();
        let first = DemoClock::of(folder.path()).unwrap();
        assert_eq!(first.clock.offset(), Duration::zero());
        first.clock.advance(Duration::hours(49)).unwrap();
        let kept = async {
            while read(&folder.path().join(FILE)).unwrap() != Some(Duration::hours(49)) {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(std::time::Duration::from_secs(10), kept).await.unwrap();
        drop(first);
        assert_eq!(DemoClock::of(folder.path()).unwrap().clock.offset(), Duration::hours(49));
    }

    #[tokio::test]
    async fn a_damaged_file_is_no_zero() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(FILE), "soon").unwrap();
        assert!(DemoClock::of(folder.path()).is_err());
    }
}
