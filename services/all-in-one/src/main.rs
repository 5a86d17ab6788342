//! `sluice`: the whole suite on one machine, and the offline ledger verifier.

use std::process::ExitCode;

use all_in_one::command::{self, Command};
use clap::Parser;

/// Sluice (顺流): the sales flow on one machine.
#[derive(Parser)]
#[command(name = "sluice", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

fn main() -> ExitCode {
    command::carry_out(Arguments::parse().command)
}
