//! Idle memory of the whole suite in one process.

use std::os::unix::fs::PermissionsExt;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::json;

use crate::figure;

const SETTLE: Duration = Duration::from_secs(20);

pub async fn run() {
    let folder = tempfile::Builder::new().prefix("sluice-memory-").tempdir().expect("a folder");
    std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o711)).expect("ours");
    let sluice = std::env::current_exe().expect("this program").with_file_name("sluice");
    let mut child = Command::new(&sluice)
        .args(["up", "--no-play", "--port", "18080", "--folder"])
        .arg(folder.path())
        .stdout(Stdio::null())
        .spawn()
        .expect("sluice starts");
    ready(&mut child).await;
    // What is measured is the idle state: nothing else to wait for than time.
    tokio::time::sleep(SETTLE).await;
    let mebibytes = resident_kib(&child) as f64 / 1024.0;
    let _ = Command::new("kill").arg(child.id().to_string()).status();
    let _ = child.wait();
    let detail = json!({ "aim": 200, "what": "resident memory of nine services in one process, 20 s after the start, without PostgreSQL and nats-server" });
    figure::print("memory-idle", mebibytes, None, "MiB", detail);
}

async fn ready(child: &mut Child) {
    let http = reqwest::Client::new();
    while !http.get("http://127.0.0.1:18080/readyz").send().await.is_ok_and(|answer| answer.status().is_success()) {
        assert!(matches!(child.try_wait(), Ok(None)), "sluice ended");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

fn resident_kib(child: &Child) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).expect("the process's status");
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).expect("VmRSS");
    line.split_whitespace().nth(1).and_then(|kib| kib.parse().ok()).expect("a number")
}
