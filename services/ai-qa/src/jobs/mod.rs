//! Work that nobody asks for. One record that cannot be done does not hold up the others.

pub mod abandon_uploads;
pub mod delete_expired;
pub mod finish_uploads;
pub mod load_models;
pub mod transcribe;

use journal::Caller;

use crate::app::State;
use crate::error::AiQaError;
use crate::store::recordings::Due;

/// How many are taken at a turn.
const BATCH: i64 = 100;

fn caller(due: &Due) -> Caller {
    Caller::job(due.tenant, "ai-qa", due.id)
}

fn note(done: Result<(), AiQaError>, due: &Due, what: &str) {
    if let Err(error) = done {
        tracing::warn!(recording = %due.id, %error, what, "recording left for the next turn");
    }
}

async fn find<F>(state: &State, find: F) -> Result<Vec<Due>, AiQaError>
where
    F: AsyncFnOnce(&mut sqlx::PgConnection) -> Result<Vec<Due>, AiQaError>,
{
    let mut tx = state.journal.read_as_system().await?;
    find(&mut tx).await
}
