//! Benchmarks. Each measures ours beside its limit or peer in the same run, interleaved, and prints one
//! JSON object per line: `name`, `ours`, `limit`, `ratio`, `unit`, `detail`.

#![expect(clippy::expect_used, reason = "a benchmark that cannot be set up has nothing to report")]

mod asr;
mod chain;
mod embed;
mod figure;
mod intake;
mod leads;
mod memory;
mod relay;
mod scoring;
mod statements;
mod suggest;
mod timers;

use std::process::ExitCode;

#[expect(clippy::print_stderr, reason = "how to call it")]
#[tokio::main]
async fn main() -> ExitCode {
    let _ = rustls::crypto::ring::default_provider().install_default();
    match std::env::args().nth(1).as_deref() {
        Some("embed") => embed::run(),
        Some("intake") => intake::run().await,
        Some("relay") => relay::run().await,
        Some("chain") => chain::run().await,
        Some("timers") => timers::run().await,
        Some("memory") => memory::run().await,
        Some("suggest") => suggest::run().await,
        Some("asr") => asr::run(std::env::args().nth(2).as_deref(), std::env::args().nth(3).as_deref()),
        Some("scoring") => scoring::run(),
        Some("asr-accuracy") => asr::accuracy(std::env::args().nth(2).as_deref()),
        _ => {
            eprintln!(
                "usage: tests/bench embed | intake | relay | chain | timers | memory | suggest | scoring | asr [PART [INSTRUCTIONS]] | asr-accuracy [FOLDER]"
            );
            return ExitCode::from(2);
        }
    }
    ExitCode::SUCCESS
}
