//! `testkit start` starts the checkout's shared test cluster; `testkit stop` ends and removes what tests left running.

fn main() -> std::process::ExitCode {
    match std::env::args().nth(1).as_deref() {
        Some("start") => println!("{}", testkit::start_cluster()),
        Some("stop") => testkit::stop_everything(),
        _ => {
            eprintln!("usage: testkit start | stop");
            return std::process::ExitCode::from(2);
        }
    }
    std::process::ExitCode::SUCCESS
}
