//! What a sink received, and waiting for it.

use std::sync::Mutex;
use std::time::Duration;

use tokio::sync::watch;

const PATIENCE: Duration = Duration::from_secs(15);

pub(crate) struct Recorded<T> {
    items: Mutex<Vec<T>>,
    count: watch::Sender<usize>,
}

impl<T: Clone> Recorded<T> {
    pub fn new() -> Self {
        Self { items: Mutex::new(Vec::new()), count: watch::Sender::new(0) }
    }

    pub fn push(&self, item: T) {
        let mut items = self.items.lock().expect("not poisoned");
        items.push(item);
        self.count.send_replace(items.len());
    }

    /// Everything so far, oldest first.
    pub fn all(&self) -> Vec<T> {
        self.items.lock().expect("not poisoned").clone()
    }

    /// All items, once there are at least `count`.
    pub async fn at_least(&self, count: usize) -> Vec<T> {
        let mut counted = self.count.subscribe();
        let enough = tokio::time::timeout(PATIENCE, counted.wait_for(|seen| *seen >= count)).await.is_ok();
        assert!(enough, "only {} of {count} arrived within {PATIENCE:?}", self.all().len());
        self.all()
    }
}
