//! A collector that is not there, comes, and refuses the last of it: what the log says of that, and what it does not.

use std::io::{BufRead, BufReader, Write, stdin};
use std::net::TcpListener;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use runtime::config::{LogFormat, TelemetryConfig};
use runtime::telemetry::Telemetry;
use testkit::HttpSink;

use crate::collected::Collected;

const PATIENCE: Duration = Duration::from_secs(30);
const FAILING: &str = "telemetry cannot be exported";
const RECOVERED: &str = "telemetry is exported again";
const LAST: &str = "the last of it could not be exported";

/// The service, in a process of its own. It logs what it reads until there is no more.
#[test]
#[ignore = "started by the test below"]
fn logs_what_it_reads() {
    let mut lines = stdin().lines().map(|line| line.expect("a line"));
    let otlp_endpoint = lines.next().expect("the collector");
    let config = TelemetryConfig { format: LogFormat::Pretty, filter: "info".into(), otlp_endpoint };
    let telemetry = Telemetry::start(&config, "lead-routing").expect("started");
    for line in lines {
        tracing::info!("{line}");
    }
    tracing::info!("the end");
    drop(telemetry);
}

struct Service {
    process: Child,
    input: Option<ChildStdin>,
    printed: Receiver<String>,
    said: Vec<String>,
}

impl Service {
    fn start(collector: &str) -> Self {
        let mut process = Command::new(std::env::current_exe().expect("this program"))
            .args(["--exact", "unreachable::logs_what_it_reads", "--ignored", "--nocapture"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("started");
        let (sender, printed) = channel();
        let output = BufReader::new(process.stdout.take().expect("its output"));
        std::thread::spawn(move || {
            for line in output.lines() {
                let _ = sender.send(line.expect("text"));
            }
        });
        let input = process.stdin.take();
        let mut service = Self { process, input, printed, said: Vec::new() };
        service.tell(collector);
        service
    }

    fn tell(&mut self, line: &str) {
        writeln!(self.input.as_mut().expect("not ended"), "{line}").expect("written");
    }

    /// Reads on until a line says this.
    fn says(&mut self, what: &str) {
        while !self.said.last().is_some_and(|line| line.contains(what)) {
            let line = self.printed.recv_timeout(PATIENCE);
            self.said.push(line.unwrap_or_else(|error| panic!("never said {what:?} ({error}): {:?}", self.said)));
        }
    }

    /// Ends the service; answers everything that it said.
    fn end(mut self) -> Vec<String> {
        drop(self.input.take());
        loop {
            match self.printed.recv_timeout(PATIENCE) {
                Ok(line) => self.said.push(line),
                Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => panic!("it does not end: {:?}", self.said),
            }
        }
        assert!(self.process.wait().expect("ended").success());
        self.said
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_collector_that_is_away_is_told_once_and_so_is_its_return() {
    let closed = TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("bound");
    let service = tokio::task::spawn_blocking(move || {
        let mut service = Service::start(&format!("http://{closed}"));
        service.tell("into the void");
        service.says(FAILING);
        service
    });
    let mut service = service.await.expect("no panic");

    let collector = HttpSink::start_at(&closed.to_string()).await;
    let service = tokio::task::spawn_blocking(move || {
        service.tell("to the collector");
        service.says(RECOVERED);
        service
    });
    let service = service.await.expect("no panic");
    let collected = Collected::of(&collector.requests());
    assert!(collected.line("to the collector").is_some());

    collector.fail_next(usize::MAX, 400);
    let said = tokio::task::spawn_blocking(move || service.end()).await.expect("no panic");
    for (what, times) in [(FAILING, 1), (RECOVERED, 1), (LAST, 1)] {
        assert_eq!(said.iter().filter(|line| line.contains(what)).count(), times, "{what}: {said:#?}");
    }
    let exported = Collected::of(&collector.requests());
    let about_itself = exported.logs.iter().filter(|line| format!("{line:?}").contains("telemetry"));
    assert_eq!(about_itself.count(), 0, "what is said about exports is not exported");
}
