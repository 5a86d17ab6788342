use std::net::SocketAddr;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use all_in_one::demo::{self, Organisation};
use all_in_one::play;
use all_in_one::stack::{Stack, StackOptions};
use runtime::config::{LogFormat, TelemetryConfig};
use runtime::telemetry::Telemetry;
use tempfile::TempDir;

use crate::facts;

fn demo_files() -> PathBuf {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../deploy/demo")).to_owned()
}

async fn start(folder: &TempDir) -> Stack {
    std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o711)).expect("ours");
    let options = StackOptions {
        folder: folder.path().to_owned(),
        listen: SocketAddr::from(([127, 0, 0, 1], 0)),
        demo: true,
        settings: demo::settings(&demo_files(), folder.path()),
    };
    Stack::start(options).await.unwrap_or_else(|error| panic!("{error}"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_lead_travels_the_whole_chain() {
    let telemetry = TelemetryConfig { format: LogFormat::Pretty, filter: "warn".into(), otlp_endpoint: String::new() };
    let _telemetry = Telemetry::start(&telemetry, "scenario").expect("telemetry");
    let folder = tempfile::Builder::new().prefix("sluice-play-").tempdir().expect("a folder");
    let stack = start(&folder).await;
    let organisation = Organisation::read(&demo_files()).expect("the organisation");
    let report = play::run(&stack, &organisation, &demo_files(), folder.path()).await;
    let failed: Vec<_> = report.steps.iter().filter(|step| step.failure.is_some()).collect();
    assert!(report.succeeded(), "{failed:#?}");

    let facts = facts::Facts::of(&stack, &report).await;
    facts.intake().await;
    facts.heard().await;
    facts.words_stay_where_they_are(&report).await;
    facts.one_of_each_after_signing().await;
    facts.money().await;
    facts.everybody_told().await;
    facts.one_trace_across_services().await;
    facts.versions_contiguous_and_nothing_parked().await;
    stack.stop().await.expect("stopped");
}
