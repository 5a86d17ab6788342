//! The `lead-routing` service.

use std::process::ExitCode;

fn main() -> ExitCode {
    runtime::run(lead_routing::definition())
}
