//! Somebody keeps the filters of a screen under a name.

use contracts::gateway::v1::SavedViewChanged;
use journal::{Caller, Entry, Write};
use kernel::{PersonId, Scope};
use runtime::http::IfMatch;
use uuid::Uuid;

use crate::State;
use crate::domain::saved_view::{MOST, SavedView, SavedViewDraft};
use crate::error::{GatewayError, Thing, Unique};
use crate::store;

fn person(caller: &Caller) -> Result<Uuid, GatewayError> {
    caller.principal.person().map(|PersonId(id)| id).ok_or(GatewayError::PeopleOnly)
}

/// One's own views, by name; of every screen when none is given.
pub async fn list_saved_views(
    state: &State,
    caller: &Caller,
    screen: Option<&str>,
) -> Result<Vec<SavedView>, GatewayError> {
    let person = person(caller)?;
    let mut tx = state.journal.read(&caller.principal, Scope::Own).await?;
    Ok(store::saved_views::of(&mut tx, person, screen).await?)
}

#[tracing::instrument(name = "gateway.save_view", skip_all)]
pub async fn save_view(state: &State, caller: &Caller, draft: SavedViewDraft) -> Result<SavedView, GatewayError> {
    let person = person(caller)?;
    let mut write = state.journal.begin(caller).await?;
    store::saved_views::lock(write.db(), person).await?;
    if store::saved_views::count(write.db(), person, &draft.screen).await? >= MOST {
        return Err(GatewayError::TooManyViews);
    }
    let view = checked(draft, write.new_id(), 1)?;
    save(&mut write, person, &view, "saved").await?;
    Ok(write.commit(view).await?)
}

#[tracing::instrument(name = "gateway.change_view", skip_all, fields(view = %id))]
pub async fn change_view(
    state: &State,
    caller: &Caller,
    id: Uuid,
    seen: IfMatch,
    draft: SavedViewDraft,
) -> Result<SavedView, GatewayError> {
    let person = person(caller)?;
    let mut write = state.journal.begin(caller).await?;
    store::saved_views::lock(write.db(), person).await?;
    let known = store::saved_views::find(write.db(), person, id).await?;
    let known = known.ok_or(GatewayError::NotFound(Thing::SavedView))?;
    seen.check(known.version)?;
    let view = checked(draft, id, known.version + 1)?;
    save(&mut write, person, &view, "changed").await?;
    Ok(write.commit(view).await?)
}

#[tracing::instrument(name = "gateway.remove_view", skip_all, fields(view = %id))]
pub async fn remove_view(state: &State, caller: &Caller, id: Uuid) -> Result<(), GatewayError> {
    let person = person(caller)?;
    let mut write = state.journal.begin(caller).await?;
    let known = store::saved_views::find(write.db(), person, id).await?;
    let known = known.ok_or(GatewayError::NotFound(Thing::SavedView))?;
    store::saved_views::delete(write.db(), id).await?;
    record(&mut write, &SavedView { version: known.version + 1, ..known }, "removed")?;
    Ok(write.commit(()).await?)
}

fn checked(draft: SavedViewDraft, id: Uuid, version: i64) -> Result<SavedView, GatewayError> {
    let faults = draft.faults();
    if !faults.is_empty() {
        return Err(GatewayError::Invalid(faults));
    }
    let SavedViewDraft { screen, name, query, is_default } = draft;
    Ok(SavedView { id, version, screen, name: name.trim().to_owned(), query, is_default })
}

async fn save(write: &mut Write, person: Uuid, view: &SavedView, what: &str) -> Result<(), GatewayError> {
    let (tenant, now) = (write.caller().tenant().0, write.now());
    let others = store::saved_views::of(write.db(), person, Some(&view.screen)).await?;
    if others.iter().any(|other| other.id != view.id && other.name == view.name) {
        return Err(GatewayError::Taken(Unique::SavedView));
    }
    if view.is_default {
        store::saved_views::clear_default(write.db(), person, view).await?;
    }
    store::saved_views::save(write.db(), tenant, person, view, now).await?;
    record(write, view, what)
}

/// Its name and filters stay out of the evidence: they may name people.
fn record(write: &mut Write, view: &SavedView, what: &str) -> Result<(), GatewayError> {
    let event = SavedViewChanged { view_id: view.id.to_string(), screen: view.screen.clone(), what: what.into() };
    write.record(Entry::new(&event, view.id, view.version)?);
    Ok(())
}
