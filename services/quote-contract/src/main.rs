//! Starts the service.

use std::process::ExitCode;

fn main() -> ExitCode {
    runtime::run(quote_contract::definition())
}
