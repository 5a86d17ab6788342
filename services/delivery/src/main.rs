use std::process::ExitCode;

fn main() -> ExitCode {
    runtime::run(delivery::definition())
}
