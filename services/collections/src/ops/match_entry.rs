//! Somebody says which receivable a queued bank entry pays.

use authz::{Action, Resource, ResourceKind};
use journal::Caller;
use kernel::Text;
use serde::Deserialize;
use uuid::Uuid;

use super::post_payment::post_payment;
use super::view::EntryView;
use crate::app::State;
use crate::error::CollectionsError;
use crate::store;
use crate::store::entries::EntryState;

#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Match {
    pub receivable_id: Uuid,
}

#[tracing::instrument(name = "collections.match_entry", skip_all, fields(entry = %id, receivable = %input.receivable_id))]
pub async fn match_entry(
    state: &State,
    caller: &Caller,
    id: Uuid,
    input: Match,
) -> Result<EntryView, CollectionsError> {
    let mut write = state.journal.begin(caller).await?;
    let everything = Resource::tenant_wide(ResourceKind::Statement, caller.tenant());
    authz::check(&caller.principal, write.now(), Action::StatementMatch, &everything)?;
    store::statements::lock_matching(write.db(), caller.tenant()).await?;
    let mut entry = store::entries::lock(write.db(), id).await?.ok_or(CollectionsError::EntryNotFound)?;
    if entry.state != EntryState::Queued {
        return Err(CollectionsError::EntryDecided(entry.state.as_str()));
    }
    let found = store::receivables::lock(write.db(), input.receivable_id).await?;
    let mut receivable = found.ok_or(CollectionsError::NotFound)?;
    entry.state = EntryState::Matched;
    entry.receivable_id = Some(receivable.id);
    entry.decided_by = Some(caller.principal.id);
    entry.decided_at = Some(write.now());
    entry.explanation.push(Text::new("由人工指定应收", "a person said which receivable it pays"));
    store::entries::decide(write.db(), &entry).await?;
    let explanation = entry.explanation.clone();
    post_payment(state, &mut write, &mut receivable, &entry, explanation).await?;
    Ok(write.commit(EntryView::of(entry)).await?)
}
