//! The commands of `sluice`.

use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use clap::Subcommand;
use runtime::config::{LogFormat, TelemetryConfig};
use runtime::run::told_to_stop;
use runtime::telemetry::Telemetry;

use crate::demo::{self, Organisation};
use crate::play::{self, Report};
use crate::stack::{Servers, Stack, StackOptions};
use crate::{ledger, summary};

#[derive(Subcommand)]
pub enum Command {
    /// Start everything, load the demonstration organisation, play the main job, keep serving.
    Up(Up),
    /// Stop what `up` started in this folder.
    Down {
        #[arg(long, default_value = ".sluice")]
        folder: PathBuf,
    },
    /// Verify exported evidence offline.
    Ledger {
        #[command(subcommand)]
        command: LedgerCommand,
    },
}

#[derive(Subcommand)]
pub enum LedgerCommand {
    /// Check a file or a folder of exports.
    Verify { path: PathBuf },
}

#[derive(clap::Args)]
pub struct Up {
    /// Stop after the play.
    #[arg(long)]
    exit: bool,
    /// Do not play the main job.
    #[arg(long)]
    no_play: bool,
    /// Write the play's report to this file.
    #[arg(long)]
    json: Option<PathBuf>,
    /// The port to serve on.
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Where data and keys are kept.
    #[arg(long, default_value = ".sluice")]
    folder: PathBuf,
    /// The demonstration's files.
    #[arg(long, default_value = "deploy/demo")]
    demo: PathBuf,
    /// Log lines to show.
    #[arg(long, default_value = "warn")]
    log: String,
}

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Carries out one command.
pub fn carry_out(command: Command) -> ExitCode {
    let done = match command {
        Command::Up(up) => serve(up),
        Command::Down { folder } => down(&folder),
        Command::Ledger { command: LedgerCommand::Verify { path } } => ledger::verify(&path).map_err(Failure::from),
    };
    done.unwrap_or_else(|error| complain(&error))
}

#[expect(clippy::print_stderr, reason = "the command's answer")]
fn complain(error: &Failure) -> ExitCode {
    eprintln!("sluice: {error}");
    ExitCode::FAILURE
}

fn serve(up: Up) -> Result<ExitCode, Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(run_up(up))
}

async fn run_up(up: Up) -> Result<ExitCode, Failure> {
    let telemetry = TelemetryConfig { format: LogFormat::Pretty, filter: up.log.clone(), otlp_endpoint: String::new() };
    let _telemetry = Telemetry::start(&telemetry, "sluice")?;
    fs::create_dir_all(&up.folder)?;
    let folder = up.folder.canonicalize()?;
    let organisation = Organisation::read(&up.demo)?;
    let options = StackOptions {
        listen: SocketAddr::from(([127, 0, 0, 1], up.port)),
        demo: true,
        settings: demo::settings(&up.demo, &folder),
        folder: folder.clone(),
    };
    let stack = Stack::start(options).await?;
    fs::write(folder.join("sluice.pid"), std::process::id().to_string())?;
    summary::started(&stack);
    let report = play_once(&up, &stack, &organisation, &folder).await?;
    let failed = report.as_ref().is_some_and(|report| !report.succeeded());
    summary::where_to_look(&stack, &organisation);
    if !up.exit {
        summary::keeps_serving(&stack);
        told_to_stop().await;
    }
    stack.stop().await?;
    let _ = fs::remove_file(folder.join("sluice.pid"));
    Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// Plays the main job unless it was played on this data before, or nobody asked for it.
async fn play_once(
    up: &Up,
    stack: &Stack,
    organisation: &Organisation,
    folder: &Path,
) -> Result<Option<Report>, Failure> {
    let done = folder.join("play.json");
    if up.no_play {
        return Ok(None);
    }
    let report = match fs::read(&done).ok().and_then(|text| serde_json::from_slice::<Report>(&text).ok()) {
        Some(earlier) => {
            summary::played_before(&earlier);
            earlier
        }
        None => play::run(stack, organisation, &up.demo, folder).await,
    };
    let text = serde_json::to_vec_pretty(&report)?;
    if report.succeeded() {
        fs::write(&done, &text)?;
    }
    if let Some(path) = &up.json {
        fs::write(path, &text)?;
    }
    summary::report(&report);
    Ok(Some(report))
}

/// Asks the process to stop, waits for it, then stops servers that a killed process left behind.
fn down(folder: &Path) -> Result<ExitCode, Failure> {
    let Ok(folder) = folder.canonicalize() else { return Ok(ExitCode::SUCCESS) };
    let pid_file = folder.join("sluice.pid");
    if let Ok(pid) = fs::read_to_string(&pid_file) {
        let process = PathBuf::from(format!("/proc/{}", pid.trim()));
        if fs::read_to_string(process.join("comm")).is_ok_and(|name| name.trim() == "sluice") {
            std::process::Command::new("kill").arg(pid.trim()).status()?;
            while process.exists() {
                std::thread::sleep(Duration::from_millis(50));
            }
        }
        let _ = fs::remove_file(pid_file);
    }
    Servers::stop_in(&folder)?;
    Ok(ExitCode::SUCCESS)
}
