//! A private nats-server with JetStream in a folder.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use rustix::process::Signal;
use serde::Deserialize;

use crate::folder::Folder;
use crate::process::{Running, is_running, tail, until};
use crate::{OnDrop, ServerError, programs};

const PROGRAM: &str = "nats-server";
const START_LIMIT: Duration = Duration::from_secs(30);
const STOP_LIMIT: Duration = Duration::from_secs(15);
const LOG_BYTES: &str = "10485760";
const ATTEMPTS: u32 = 3;

/// A running nats-server, listening on 127.0.0.1.
#[derive(Debug)]
pub struct NatsServer {
    folder: Folder,
    running: Option<Running>,
    port: u16,
    on_drop: OnDrop,
}

/// The file in which the server announces its addresses once it listens.
#[derive(Deserialize)]
struct Announced {
    nats: Vec<String>,
}

impl NatsServer {
    /// Starts the server in `folder`, on the port it had there before if that is free, and waits until it listens.
    /// A server that already runs there is attached to.
    pub fn start(folder: &Path, on_drop: OnDrop) -> Result<Self, ServerError> {
        let folder = Folder::prepare(folder)?;
        let _lock = folder.lock(START_LIMIT)?;
        if let Some((running, port)) = find_running(&folder)? {
            return Ok(Self { folder, running: Some(running), port, on_drop });
        }
        let (running, port) = launch(&folder, &programs::nats_server()?)?;
        folder.remember_port(port)?;
        tracing::info!(port, folder = %folder.path.display(), "nats-server listens");
        Ok(Self { folder, running: Some(running), port, on_drop })
    }

    /// The server that already runs in `folder`, if any.
    pub fn attach(folder: &Path, on_drop: OnDrop) -> Result<Option<Self>, ServerError> {
        if !folder.exists() {
            return Ok(None);
        }
        let folder = Folder::prepare(folder)?;
        let _lock = folder.lock(START_LIMIT)?;
        let running = find_running(&folder)?;
        Ok(running.map(|(running, port)| Self { folder, running: Some(running), port, on_drop }))
    }

    /// What clients connect to.
    pub fn url(&self) -> String {
        format!("nats://127.0.0.1:{}", self.port)
    }

    /// The port on 127.0.0.1.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Closes connections, writes everything to disk and stops.
    pub fn stop(self) -> Result<(), ServerError> {
        self.end(Signal::INT)
    }

    /// Stops as a crash would.
    pub fn kill(self) -> Result<(), ServerError> {
        self.end(Signal::KILL)
    }

    fn end(mut self, signal: Signal) -> Result<(), ServerError> {
        let Some(mut running) = self.running.take() else { return Ok(()) };
        let _lock = self.folder.lock(STOP_LIMIT)?;
        running.end(PROGRAM, signal, STOP_LIMIT)
    }
}

impl Drop for NatsServer {
    fn drop(&mut self) {
        let Some(mut running) = self.running.take() else { return };
        if self.on_drop == OnDrop::Keep {
            return;
        }
        if let Err(error) = running.end(PROGRAM, Signal::KILL, STOP_LIMIT) {
            tracing::warn!(%error, "a dropped nats-server still runs");
        }
    }
}

fn store(folder: &Folder) -> PathBuf {
    folder.path.join("jetstream")
}

fn log(folder: &Folder) -> PathBuf {
    folder.path.join("nats.log")
}

fn announcement(folder: &Folder, pid: u32) -> PathBuf {
    folder.path.join(format!("{PROGRAM}_{pid}.ports"))
}

/// The port the process announced, if it listens already.
fn announced_port(folder: &Folder, pid: u32) -> Option<u16> {
    let announced: Announced = serde_json::from_slice(&fs::read(announcement(folder, pid)).ok()?).ok()?;
    announced.nats.first()?.rsplit(':').next()?.parse().ok()
}

fn find_running(folder: &Folder) -> Result<Option<(Running, u16)>, ServerError> {
    let marker = store(folder).display().to_string();
    let Some(pid) = folder.read("pid").and_then(|pid| pid.parse().ok()) else { return Ok(None) };
    let mut running = Running { pid, child: None, marker };
    if !is_running(pid, &running.marker) {
        return Ok(None);
    }
    let port = wait_until_ready(folder, &mut running)?;
    Ok(Some((running, port)))
}

fn launch(folder: &Folder, program: &Path) -> Result<(Running, u16), ServerError> {
    let mut attempt = 1;
    loop {
        let mut running = spawn(folder, program, folder.port(attempt)?)?;
        match wait_until_ready(folder, &mut running) {
            Ok(port) => return Ok((running, port)),
            Err(ServerError::Ended { .. }) if attempt < ATTEMPTS => attempt += 1,
            Err(error) => return Err(error),
        }
    }
}

fn spawn(folder: &Folder, program: &Path, port: u16) -> Result<Running, ServerError> {
    forget_announcements(folder)?;
    let store = store(folder);
    let mut command = folder.command(program);
    command.args(["--addr", "127.0.0.1", "--port", &port.to_string(), "--jetstream", "--store_dir"]).arg(&store);
    command.arg("--pid").arg(folder.path.join("pid")).arg("--ports_file_dir").arg(&folder.path);
    command.arg("--log").arg(log(folder)).args(["--log_size_limit", LOG_BYTES]);
    let child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    let child = child.map_err(|source| ServerError::Execute { program: program.to_owned(), source })?;
    Ok(Running { pid: child.id(), child: Some(child), marker: store.display().to_string() })
}

fn wait_until_ready(folder: &Folder, running: &mut Running) -> Result<u16, ServerError> {
    let ready = until(START_LIMIT, || {
        if !running.is_alive() {
            let log = log(folder);
            return Err(ServerError::Ended { program: PROGRAM, tail: tail(&log), log });
        }
        Ok(announced_port(folder, running.pid))
    })?;
    ready.ok_or_else(|| ServerError::NotReady { program: PROGRAM, seconds: START_LIMIT.as_secs(), log: log(folder) })
}

/// Process ids come back; what an earlier server announced must not be believed.
fn forget_announcements(folder: &Folder) -> Result<(), ServerError> {
    for entry in fs::read_dir(&folder.path).map_err(ServerError::folder("list", &folder.path))?.flatten() {
        let path = entry.path();
        if path.extension().is_some_and(|extension| extension == "ports") {
            fs::remove_file(&path).map_err(ServerError::folder("remove", &path))?;
        }
    }
    Ok(())
}
