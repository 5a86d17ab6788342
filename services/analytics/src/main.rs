use std::process::ExitCode;

fn main() -> ExitCode {
    runtime::run(analytics::definition())
}
