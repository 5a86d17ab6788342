//! The commands of `sluice`.

use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use clap::Subcommand;
use runtime::config::{LogFormat, TelemetryConfig};
use runtime::run::told_to_stop;
use runtime::telemetry::Telemetry;

use crate::demo::{self, Organisation};
use crate::play::{self, Report};
use crate::stack::{Servers, Stack, StackOptions, stop_process};
use crate::{ledger, model, summary};

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
    /// Look after speech models.
    Model {
        #[command(subcommand)]
        command: ModelCommand,
    },
}

#[derive(Subcommand)]
pub enum LedgerCommand {
    /// Check a file or a folder of exports.
    Verify { path: PathBuf },
}

#[derive(Subcommand)]
pub enum ModelCommand {
    /// Check a model folder and let it hear a known recording.
    Check(model::Check),
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
    /// The built web console; without it there is none.
    #[arg(long, default_value = "services/console/dist")]
    console: PathBuf,
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
        Command::Model { command: ModelCommand::Check(check) } => model::check(&check),
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
    let mut settings = demo::settings(&up.demo, &folder);
    demo::serve_console(&mut settings, &up.console);
    let options = StackOptions {
        listen: SocketAddr::from(([127, 0, 0, 1], up.port)),
        demo: true,
        settings,
        folder: folder.clone(),
    };
    let starting = Instant::now();
    let stack = Stack::start(options).await?;
    summary::started(&stack, starting.elapsed());
    // Whatever becomes of the play, what was started is stopped in order.
    let played = tokio::select! {
        played = play_and_serve(&up, &stack, &organisation, &folder) => played,
        () = told_to_stop() => Ok(up.exit.then_some(ExitCode::FAILURE)),
    };
    summary::stopping();
    stack.stop().await?;
    Ok(played?.unwrap_or(ExitCode::SUCCESS))
}

/// Serves until it is told to stop, or with `--exit` until the play is over; then how that ended.
async fn play_and_serve(
    up: &Up,
    stack: &Stack,
    organisation: &Organisation,
    folder: &Path,
) -> Result<Option<ExitCode>, Failure> {
    let report = play_once(up, stack, organisation, folder).await?;
    summary::where_to_look(stack, organisation, up.console.join("index.html").exists());
    if up.exit {
        return Ok(report.filter(|report| !report.succeeded()).map(|_| ExitCode::FAILURE));
    }
    summary::keeps_serving(stack);
    std::future::pending().await
}

/// Plays the main job unless it was played on this data before, or nobody asked for it.
async fn play_once(
    up: &Up,
    stack: &Stack,
    organisation: &Organisation,
    folder: &Path,
) -> Result<Option<Report>, Failure> {
    let kept = folder.join("play.json");
    if up.no_play {
        return Ok(None);
    }
    let report = if kept.exists() {
        let earlier: Report = serde_json::from_slice(&fs::read(&kept)?)?;
        summary::played_before(&earlier, folder);
        earlier
    } else {
        // A play that breaks off is not begun again on what it left behind.
        fs::write(&kept, serde_json::to_vec_pretty(&Report::default())?)?;
        let report = play::run(stack, organisation, &up.demo, folder).await;
        fs::write(&kept, serde_json::to_vec_pretty(&report)?)?;
        summary::report(&report);
        report
    };
    if let Some(path) = &up.json {
        fs::write(path, serde_json::to_vec_pretty(&report)?)?;
    }
    Ok(Some(report))
}

/// Asks the process to stop, waits for it, then stops servers that a killed process left behind.
fn down(folder: &Path) -> Result<ExitCode, Failure> {
    let Ok(folder) = folder.canonicalize() else {
        summary::nothing_ran(folder);
        return Ok(ExitCode::SUCCESS);
    };
    let process = stop_process(&folder)?;
    // A process that was killed leaves its servers behind.
    let left = Servers::stop_in(&folder)?;
    match process {
        Some(process) => summary::stopped(&format!("sluice (process {process}), PostgreSQL and nats-server")),
        None if left => summary::stopped("the servers that an earlier sluice had left behind"),
        None => summary::nothing_ran(&folder),
    }
    Ok(ExitCode::SUCCESS)
}
