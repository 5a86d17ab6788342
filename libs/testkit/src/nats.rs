use std::path::PathBuf;

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

async fn start(folder: PathBuf) -> NatsServer {
    let started = spawn_blocking(move || NatsServer::start(&folder, OnDrop::Kill)).await.expect("not cancelled");
    started.unwrap_or_else(|error| panic!("{error}"))
}
