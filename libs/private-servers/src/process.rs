//! Processes: are they alive, are they ours, and bounded waiting for a condition.

use std::fs;
use std::path::Path;
use std::process::{Child, Command};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

use crate::ServerError;

const POLL: Duration = Duration::from_millis(5);

/// A server that runs: our child, or one that an earlier process started.
#[derive(Debug)]
pub(crate) struct Running {
    pub pid: u32,
    pub child: Option<Child>,
    /// A command-line argument that only this server has (its data folder).
    pub marker: String,
}

impl Running {
    /// Whether the process still runs.
    pub fn is_alive(&mut self) -> bool {
        if let Some(child) = &mut self.child {
            return matches!(child.try_wait(), Ok(None));
        }
        is_running(self.pid, &self.marker)
    }

    /// Sends the signal and waits until the process is gone.
    pub fn end(&mut self, program: &'static str, with: Signal, limit: Duration) -> Result<(), ServerError> {
        if self.is_alive() {
            signal(self.pid, with);
        }
        let (pid, seconds) = (self.pid, limit.as_secs());
        let gone = until(limit, || Ok((!self.is_alive()).then_some(())))?;
        gone.ok_or(ServerError::DidNotStop { program, pid, seconds })
    }
}

/// A process that is already gone needs no signal, so failure is not an error here; the wait that follows decides.
fn signal(pid: u32, signal: Signal) {
    let Some(pid) = i32::try_from(pid).ok().and_then(Pid::from_raw) else { return };
    if let Err(error) = kill_process(pid, signal) {
        tracing::debug!(%pid, %error, "the process took no signal");
    }
}

/// Whether `pid` runs with `marker` among its arguments. A recycled process id belongs to somebody else, and a
/// process that waits to be reaped has no arguments any more.
pub(crate) fn is_running(pid: u32, marker: &str) -> bool {
    if Path::new("/proc/self/cmdline").exists() {
        let arguments = fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
        return arguments.split(|byte| *byte == 0).any(|argument| argument == marker.as_bytes());
    }
    let listed = Command::new("ps").args(["-o", "command=", "-p", &pid.to_string()]).output();
    listed.is_ok_and(|output| String::from_utf8_lossy(&output.stdout).contains(marker))
}

/// Looks at a condition every few milliseconds until it yields a value; `None` when the limit passed.
pub(crate) fn until<T>(
    limit: Duration,
    mut condition: impl FnMut() -> Result<Option<T>, ServerError>,
) -> Result<Option<T>, ServerError> {
    let deadline = Instant::now() + limit;
    loop {
        if let Some(value) = condition()? {
            return Ok(Some(value));
        }
        if Instant::now() >= deadline {
            return Ok(None);
        }
        std::thread::sleep(POLL);
    }
}

/// The last lines of a log file.
pub(crate) fn tail(log: &Path) -> String {
    let text = fs::read(log).unwrap_or_default();
    let text = String::from_utf8_lossy(&text);
    let lines: Vec<_> = text.lines().collect();
    lines[lines.len().saturating_sub(20)..].join("\n")
}
