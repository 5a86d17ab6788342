use std::path::{Path, PathBuf};

use private_servers::{NatsServer, OnDrop};
use tokio::task::spawn_blocking;

use crate::cluster;

/// A nats-server of the test's own; killed, and its files removed, when dropped.
pub struct TestNats {
    server: Option<NatsServer>,
    folder: PathBuf,
    url: String,
}

impl TestNats {
    /// Starts an empty server with JetStream.
    pub async fn start() -> Self {
        let name = kernel::IdSource::random(kernel::Clock::system()).new_id().simple().to_string();
        let folder = cluster::home().join("nats").join(name);
        let server = start(folder.clone()).await;
        Self { url: server.url(), server: Some(server), folder }
    }

    /// What clients connect to; the same after a restart.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Ends the server as a crash would; its data stays.
    pub async fn kill(&mut self) {
        let Some(server) = self.server.take() else { return };
        let killed = spawn_blocking(|| server.kill()).await.expect("not cancelled");
        killed.unwrap_or_else(|error| panic!("{error}"));
    }

    /// Starts it again on the same port with the data it had.
    pub async fn restart(&mut self) {
        self.kill().await;
        self.server = Some(start(self.folder.clone()).await);
    }

    /// Keeps its data as they are now, for [`TestNats::go_back`].
    pub async fn keep(&mut self) {
        self.kill().await;
        copy(&self.folder.join("jetstream"), &self.folder.join("kept"));
        self.restart().await;
    }

    /// Starts it again on the same port with the data of [`TestNats::keep`], as a broker restored from a backup.
    pub async fn go_back(&mut self) {
        self.kill().await;
        std::fs::remove_dir_all(self.folder.join("jetstream")).expect("the streams can be removed");
        copy(&self.folder.join("kept"), &self.folder.join("jetstream"));
        self.restart().await;
    }

    /// Starts it again on the same port without any data, as a replaced broker.
    pub async fn replace(&mut self) {
        self.kill().await;
        std::fs::remove_dir_all(self.folder.join("jetstream")).expect("the streams can be removed");
        self.restart().await;
    }
}

impl Drop for TestNats {
    fn drop(&mut self) {
        drop(self.server.take());
        if let Err(error) = std::fs::remove_dir_all(&self.folder) {
            tracing::warn!(%error, folder = %self.folder.display(), "the files of a test's nats-server stay");
        }
    }
}

fn copy(from: &Path, to: &Path) {
    let copied = std::process::Command::new("cp").arg("-a").args([from, to]).status().expect("cp");
    assert!(copied.success(), "{} was not copied", from.display());
}

async fn start(folder: PathBuf) -> NatsServer {
    let started = spawn_blocking(move || NatsServer::start(&folder, OnDrop::Kill)).await.expect("not cancelled");
    started.unwrap_or_else(|error| panic!("{error}"))
}
