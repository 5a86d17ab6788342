//! One service's process.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use all_in_one::stack::Keys;

const LOOK_AGAIN: Duration = Duration::from_millis(20);

pub struct Member {
    name: &'static str,
    config: PathBuf,
    pub port: u16,
    child: Option<Child>,
}

impl Member {
    pub fn new(name: &'static str, config: PathBuf, port: u16) -> Self {
        Self { name, config, port, child: None }
    }

    /// The same service on another port.
    pub fn twin(&self) -> Self {
        Self::new(self.name, self.config.clone(), free_port())
    }

    pub fn start(&mut self, crash_at: &str) {
        assert!(self.child.is_none(), "{} runs already", self.name);
        let child = Command::new(binary(self.name))
            .env("SLUICE_CONFIG", &self.config)
            .env("SLUICE__RUNTIME__LISTEN", format!("127.0.0.1:{}", self.port))
            .env("SLUICE__RUNTIME__CRASH_AT", crash_at)
            .stdout(Stdio::null())
            .spawn();
        self.child = Some(child.unwrap_or_else(|error| panic!("{}: {error}; build the workspace first", self.name)));
    }

    pub async fn ready(&mut self, http: &reqwest::Client) {
        let url = format!("http://127.0.0.1:{}/readyz", self.port);
        let waiting = async {
            while !http.get(&url).send().await.is_ok_and(|answer| answer.status().is_success()) {
                assert!(
                    self.child.as_mut().is_some_and(|child| matches!(child.try_wait(), Ok(None))),
                    "{} ended",
                    self.name
                );
                tokio::time::sleep(LOOK_AGAIN).await;
            }
        };
        let patience = Duration::from_secs(30);
        tokio::time::timeout(patience, waiting).await.unwrap_or_else(|_| panic!("{} is not ready", self.name));
    }

    pub fn kill(&mut self) {
        if let Some(mut child) = self.child.take() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }

    /// Waits until the process has ended by itself.
    pub async fn ended(&mut self) {
        while let Some(child) = &mut self.child {
            if matches!(child.try_wait(), Ok(Some(_))) {
                self.child = None;
                return;
            }
            tokio::time::sleep(LOOK_AGAIN).await;
        }
    }
}

impl Drop for Member {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Services are built beside the tests.
fn binary(name: &str) -> PathBuf {
    let test = std::env::current_exe().expect("this test's path");
    let profile = test.ancestors().nth(2).expect("target/<profile>/deps/<test>");
    profile.join(name)
}

pub fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.local_addr().expect("an address").port()
}

/// What the service's configuration file says.
pub fn config(name: &str, database_url: &str, nats_url: &str, keys: &Keys, ports: &BTreeMap<&str, u16>) -> String {
    let mut text = format!(
        "[runtime]\ndemo = true\n[runtime.database]\nurl = {database_url:?}\nmax_connections = 10\n\
         [runtime.nats]\nurl = {nats_url:?}\n[runtime.telemetry]\nfilter = \"error\"\n{}[runtime.peers]\n",
        keys.settings(name).expect("keys"),
    );
    for (peer, port) in ports {
        writeln!(text, "{peer} = \"http://127.0.0.1:{port}\"").expect("written to memory");
    }
    text
}
