//! One service's process.

use std::net::SocketAddrV4;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use rustix::process::{Pid, Signal, kill_process};

use super::until;

pub struct Member {
    name: &'static str,
    config: PathBuf,
    listen: SocketAddrV4,
    child: Option<Child>,
}

impl Member {
    pub fn new(name: &'static str, config: PathBuf, listen: SocketAddrV4) -> Self {
        Self { name, config, listen, child: None }
    }

    /// The same service at another address.
    pub fn twin(&self, listen: SocketAddrV4) -> Self {
        Self::new(self.name, self.config.clone(), listen)
    }

    pub fn start(&mut self, crash_at: &str) {
        assert!(self.child.is_none(), "{} runs already", self.name);
        let child = Command::new(binary(self.name))
            .env("SLUICE_CONFIG", &self.config)
            .env("SLUICE__RUNTIME__LISTEN", self.listen.to_string())
            .env("SLUICE__RUNTIME__CRASH_AT", crash_at)
            .stdout(Stdio::null())
            .spawn();
        self.child = Some(child.unwrap_or_else(|error| panic!("{}: {error}; build the workspace first", self.name)));
    }

    /// Waits until the process serves; false when it ended before.
    pub async fn ready(&mut self, http: &reqwest::Client) -> bool {
        let url = format!("http://{}/readyz", self.listen);
        let mut alive = true;
        until(&format!("{} is ready", self.name), async || {
            alive = self.child.as_mut().is_some_and(|child| matches!(child.try_wait(), Ok(None)));
            !alive || http.get(&url).send().await.is_ok_and(|answer| answer.status().is_success())
        })
        .await;
        alive
    }

    /// `kill -9`.
    pub fn kill(&mut self) {
        if let Some(mut child) = self.child.take() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }

    /// Asks the process to stop, as an operator does, and waits until it has.
    pub async fn stop(&mut self) {
        let Some(child) = &self.child else { return };
        let pid = i32::try_from(child.id()).ok().and_then(Pid::from_raw).expect("a process id");
        kill_process(pid, Signal::TERM).expect("told to stop");
        self.ended().await;
    }

    /// Waits until the process has ended by itself.
    pub async fn ended(&mut self) {
        let name = self.name;
        until(&format!("{name} has ended"), async || {
            self.child.as_mut().is_none_or(|child| matches!(child.try_wait(), Ok(Some(_))))
        })
        .await;
        self.child = None;
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
