//! Argon2id away from the async threads, a few at a time.

use std::sync::Arc;

use kernel::IdSource;
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

use crate::domain::passwords::{Cost, HashingFailed, matches};
use crate::error::GatewayError;

#[derive(Clone)]
pub struct Passwords {
    cost: Cost,
    turns: Arc<Semaphore>,
    ids: IdSource,
    /// Checked when there is no such login, so that both refusals take equally long.
    decoy: Arc<str>,
}

impl Passwords {
    pub fn new(cost: Cost, at_once: usize, ids: IdSource) -> Result<Self, HashingFailed> {
        let decoy = cost.hash("nobody's password", &ids)?.into();
        Ok(Self { cost, turns: Arc::new(Semaphore::new(at_once)), ids, decoy })
    }

    pub async fn hash(&self, password: String) -> Result<String, GatewayError> {
        let (cost, ids) = (self.cost, self.ids.clone());
        Ok(self.in_turn(move || cost.hash(&password, &ids)).await??)
    }

    /// Whether the password fits; without a hash the answer is no, just as late.
    pub async fn matches(&self, password: String, phc: Option<String>) -> Result<bool, GatewayError> {
        let (known, phc) = (phc.is_some(), phc.unwrap_or_else(|| self.decoy.to_string()));
        Ok(self.in_turn(move || matches(&password, &phc)).await? && known)
    }

    async fn in_turn<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, GatewayError> {
        let ended = |why: String| GatewayError::Task(why);
        let _turn = self.turns.acquire().await.map_err(|error| ended(error.to_string()))?;
        spawn_blocking(work).await.map_err(|error| ended(error.to_string()))
    }
}
