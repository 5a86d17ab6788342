//! A private PostgreSQL cluster in a folder.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use rustix::process::Signal;

use crate::folder::Folder;
use crate::process::{Running, is_running, tail, until};
use crate::programs::{self, Postgres};
use crate::{OnDrop, ServerError};

const PROGRAM: &str = "PostgreSQL";
const ATTACH_LIMIT: Duration = Duration::from_mins(1);
const STOP_LIMIT: Duration = Duration::from_secs(30);
/// Two other programs may take a port between finding it free and using it; more is a misconfigured machine.
const ATTEMPTS: u32 = 3;
/// A socket's path must fit into the operating system's 108 (macOS: 104) bytes.
const LONGEST_SOCKET_FOLDER: usize = 80;

/// How a cluster is made and run.
#[derive(Clone, Debug)]
pub struct PostgresOptions {
    /// Survive a power cut. Tests switch it off and run several times faster; then even `stop_immediate` loses the
    /// latest commits.
    pub durable: bool,
    pub max_connections: u16,
    /// The password that user `postgres` gets over TCP when the cluster is created; none means that every local user
    /// may connect. Letters and digits only, as it becomes part of a URL. An existing cluster keeps what it was created
    /// with.
    pub password: Option<String>,
    pub on_drop: OnDrop,
    /// How long a start may take, recovery after a crash included.
    pub start_limit: Duration,
}

impl Default for PostgresOptions {
    fn default() -> Self {
        Self {
            durable: true,
            max_connections: 200,
            password: None,
            on_drop: OnDrop::Keep,
            start_limit: Duration::from_mins(1),
        }
    }
}

/// A running PostgreSQL, listening on 127.0.0.1 and on a Unix socket in its folder.
#[derive(Debug)]
pub struct PostgresServer {
    folder: Folder,
    running: Option<Running>,
    port: u16,
    on_drop: OnDrop,
}

impl PostgresServer {
    /// Starts the cluster in `folder`, creating it when the folder has none, and waits until it accepts connections.
    /// A cluster that already runs there is attached to.
    pub fn start(folder: &Path, options: PostgresOptions) -> Result<Self, ServerError> {
        let folder = Folder::prepare_for_postgres(folder)?;
        let _lock = folder.lock(options.start_limit)?;
        if let Some((running, port)) = find_running(&folder, options.start_limit)? {
            return Ok(Self { folder, running: Some(running), port, on_drop: options.on_drop });
        }
        folder.check_reachable()?;
        let programs = programs::postgres(&data(&folder))?;
        if !data(&folder).join("PG_VERSION").exists() {
            initialise(&folder, &programs, &options)?;
        }
        let (running, port) = launch(&folder, &programs, &options)?;
        folder.remember_port(port)?;
        tracing::info!(port, folder = %folder.path.display(), "PostgreSQL accepts connections");
        Ok(Self { folder, running: Some(running), port, on_drop: options.on_drop })
    }

    /// The server that already runs in `folder`, if any.
    pub fn attach(folder: &Path, on_drop: OnDrop) -> Result<Option<Self>, ServerError> {
        if !folder.exists() {
            return Ok(None);
        }
        let folder = Folder::prepare_for_postgres(folder)?;
        let _lock = folder.lock(ATTACH_LIMIT)?;
        let running = find_running(&folder, ATTACH_LIMIT)?;
        Ok(running.map(|(running, port)| Self { folder, running: Some(running), port, on_drop }))
    }

    /// The superuser's URL of the maintenance database `postgres`.
    pub fn admin_url(&self) -> String {
        let password = self.folder.read("password").map(|password| format!(":{password}")).unwrap_or_default();
        format!("postgres://postgres{password}@127.0.0.1:{}/postgres", self.port)
    }

    /// The port on 127.0.0.1.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Ends open transactions, writes everything to disk and stops.
    pub fn stop(self) -> Result<(), ServerError> {
        self.end(Signal::INT)
    }

    /// Stops as a power cut would: nothing is written; the next start recovers.
    pub fn stop_immediate(self) -> Result<(), ServerError> {
        self.end(Signal::QUIT)
    }

    fn end(mut self, signal: Signal) -> Result<(), ServerError> {
        let Some(mut running) = self.running.take() else { return Ok(()) };
        let _lock = self.folder.lock(STOP_LIMIT)?;
        running.end(PROGRAM, signal, STOP_LIMIT)
    }
}

impl Drop for PostgresServer {
    fn drop(&mut self) {
        let Some(mut running) = self.running.take() else { return };
        if self.on_drop == OnDrop::Keep {
            return;
        }
        if let Err(error) = running.end(PROGRAM, Signal::QUIT, STOP_LIMIT) {
            tracing::warn!(%error, "a dropped PostgreSQL still runs");
        }
    }
}

fn data(folder: &Folder) -> PathBuf {
    folder.path.join("data")
}

fn log(folder: &Folder) -> PathBuf {
    folder.path.join("postgres.log")
}

/// What `postmaster.pid` says: one fact per line, the state ("starting", "ready", …) on the eighth.
struct PidFile {
    pid: u32,
    port: u16,
    is_ready: bool,
}

impl PidFile {
    fn read(folder: &Folder) -> Option<Self> {
        Self::parse(&fs::read_to_string(data(folder).join("postmaster.pid")).ok()?)
    }

    fn parse(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        let pid = lines.next()?.trim().parse().ok()?;
        let port = lines.nth(2)?.trim().parse().ok()?;
        Some(Self { pid, port, is_ready: lines.nth(3).is_some_and(|state| state.trim() == "ready") })
    }
}

/// The server that already runs in the folder, once it is ready. A pid file left behind by a crash is removed.
fn find_running(folder: &Folder, limit: Duration) -> Result<Option<(Running, u16)>, ServerError> {
    let marker = data(folder).display().to_string();
    let found = until(limit, || {
        let running = PidFile::read(folder).filter(|file| is_running(file.pid, &marker));
        Ok(match running {
            None => Some(None),
            Some(file) if file.is_ready => Some(Some(file)),
            Some(_) => None,
        })
    })?;
    let Some(found) = found else { return Err(not_ready(folder, limit)) };
    let Some(file) = found else {
        let stale = data(folder).join("postmaster.pid");
        if stale.exists() {
            fs::remove_file(&stale).map_err(ServerError::folder("remove", &stale))?;
        }
        return Ok(None);
    };
    Ok(Some((Running { pid: file.pid, child: None, marker }, file.port)))
}

/// Makes the cluster under another name first, so that an interrupted attempt is never taken for a cluster.
fn initialise(folder: &Folder, programs: &Postgres, options: &PostgresOptions) -> Result<(), ServerError> {
    let unfinished = folder.path.join("data.unfinished");
    if unfinished.exists() {
        fs::remove_dir_all(&unfinished).map_err(ServerError::folder("remove", &unfinished))?;
    }
    let mut command = folder.command(&programs.initdb);
    command.arg("--pgdata").arg(&unfinished).args(["--username=postgres", "--encoding=UTF8", "--locale=C.UTF-8"]);
    command.arg("--auth-local=trust");
    match &options.password {
        Some(password) => {
            let file = folder.write_private("password", password)?;
            command.args(["--auth-host=scram-sha-256", "--pwfile"]).arg(file);
        }
        None => drop(command.arg("--auth-host=trust")),
    }
    if !options.durable {
        command.arg("--no-sync");
    }
    run_initdb(folder, programs, command)?;
    fs::rename(&unfinished, data(folder)).map_err(ServerError::folder("rename", &unfinished))
}

fn run_initdb(folder: &Folder, programs: &Postgres, mut command: Command) -> Result<(), ServerError> {
    let output = command.stdin(Stdio::null()).output();
    let output = output.map_err(|source| ServerError::Execute { program: programs.initdb.clone(), source })?;
    if output.status.success() {
        return Ok(());
    }
    let output = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    Err(ServerError::Initialise { folder: folder.path.clone(), output })
}

fn launch(folder: &Folder, programs: &Postgres, options: &PostgresOptions) -> Result<(Running, u16), ServerError> {
    let mut attempt = 1;
    loop {
        let port = folder.port(attempt)?;
        let mut running = spawn(folder, programs, options, port)?;
        match wait_until_ready(folder, &mut running, options.start_limit) {
            Ok(()) => return Ok((running, port)),
            Err(ServerError::Ended { .. }) if attempt < ATTEMPTS => attempt += 1,
            Err(error) => return Err(error),
        }
    }
}

fn spawn(folder: &Folder, programs: &Postgres, options: &PostgresOptions, port: u16) -> Result<Running, ServerError> {
    let log_path = log(folder);
    let output = File::create(&log_path).map_err(ServerError::folder("write", &log_path))?;
    let errors = output.try_clone().map_err(ServerError::folder("write", &log_path))?;
    let mut command = folder.command(&programs.server);
    command.arg("-D").arg(data(folder)).arg("-p").arg(port.to_string());
    for setting in settings(folder, options) {
        command.arg("-c").arg(setting);
    }
    let child = command.stdin(Stdio::null()).stdout(output).stderr(errors).spawn();
    let child = child.map_err(|source| ServerError::Execute { program: programs.server.clone(), source })?;
    Ok(Running { pid: child.id(), child: Some(child), marker: data(folder).display().to_string() })
}

fn settings(folder: &Folder, options: &PostgresOptions) -> Vec<String> {
    let mut settings = vec![
        "listen_addresses=127.0.0.1".to_owned(),
        format!("unix_socket_directories={}", socket_folder(folder)),
        format!("max_connections={}", options.max_connections),
        "timezone=UTC".to_owned(),
        "log_timezone=UTC".to_owned(),
    ];
    if !options.durable {
        settings.extend(["fsync=off", "synchronous_commit=off", "full_page_writes=off"].map(str::to_owned));
    }
    settings
}

/// Empty (no socket) where the folder's name does not fit; TCP works everywhere.
fn socket_folder(folder: &Folder) -> String {
    let path = folder.path.display().to_string();
    if path.len() > LONGEST_SOCKET_FOLDER || path.contains([',', '"']) {
        return String::new();
    }
    path
}

fn wait_until_ready(folder: &Folder, running: &mut Running, limit: Duration) -> Result<(), ServerError> {
    let ready = until(limit, || {
        if !running.is_alive() {
            let log = log(folder);
            return Err(ServerError::Ended { program: PROGRAM, tail: tail(&log), log });
        }
        let file = PidFile::read(folder).filter(|file| file.pid == running.pid && file.is_ready);
        Ok(file.map(|_| ()))
    })?;
    ready.ok_or_else(|| not_ready(folder, limit))
}

fn not_ready(folder: &Folder, limit: Duration) -> ServerError {
    ServerError::NotReady { program: PROGRAM, seconds: limit.as_secs(), log: log(folder) }
}

#[cfg(test)]
mod tests {
    use super::PidFile;

    #[test]
    fn a_pid_file_tells_process_port_and_state() {
        let text = "4242\n/data\n1790000000\n54000\n/socket\n127.0.0.1\n  1  2\nready   \n";
        let file = PidFile::parse(text).expect("complete");
        assert_eq!((file.pid, file.port, file.is_ready), (4242, 54000, true));
        assert!(!PidFile::parse(&text.replace("ready", "starting")).expect("complete").is_ready);
        assert!(PidFile::parse("4242\n/data\n").is_none(), "a half-written file says nothing yet");
    }
}
