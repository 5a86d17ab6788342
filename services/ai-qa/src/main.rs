use std::process::ExitCode;

fn main() -> ExitCode {
    runtime::run(ai_qa::definition())
}
