//! Somebody removed what held a journey up, and says how.

use authz::Action;
use contracts::collections::v1::BlockerResolved;
use journal::{Caller, Entry};
use serde::Deserialize;
use uuid::Uuid;

use super::view::{BlockerView, blocker_views};
use crate::app::State;
use crate::error::CollectionsError;
use crate::store;

#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Resolve {
    /// What was done about it; no names or numbers of persons.
    pub resolution: String,
}

/// Answers the blockers that are still open.
#[tracing::instrument(name = "collections.resolve_blocker", skip_all, fields(receivable = %id))]
pub async fn resolve_blocker(
    state: &State,
    caller: &Caller,
    id: Uuid,
    code: &str,
    input: Resolve,
) -> Result<Vec<BlockerView>, CollectionsError> {
    CollectionsError::check(super::check_text("resolution", &input.resolution, 500))?;
    let mut write = state.journal.begin(caller).await?;
    let mut receivable = store::receivables::lock(write.db(), id).await?.ok_or(CollectionsError::NotFound)?;
    authz::check(&caller.principal, write.now(), Action::ReceivableAdvance, &receivable.resource())?;
    let (now, by) = (write.now(), caller.principal.id);
    if !store::blockers::resolve(write.db(), id, code, &input.resolution, by, now).await? {
        return Err(CollectionsError::BlockerNotFound);
    }
    let event =
        BlockerResolved { receivable_id: id.to_string(), blocker: code.to_owned(), resolution: input.resolution };
    write.record(Entry::new(&event, id, receivable.next_version())?);
    store::receivables::save(write.db(), &receivable).await?;
    let blockers = store::blockers::of(write.db(), id).await?;
    let open =
        blocker_views(&state.config, blockers).into_iter().filter(|blocker| blocker.closed_at.is_none()).collect();
    Ok(write.commit(open).await?)
}
