//! The library of objections: add, change, withdraw.

use authz::{Action, Resource, ResourceKind};
use contracts::ai_qa::v1::ObjectionChanged;
use journal::{Caller, Entry, Write};
use runtime::http::IfMatch;
use uuid::Uuid;

use crate::app::State;
use crate::domain::objection::{Objection, ObjectionInput};
use crate::error::AiQaError;
use crate::store;

#[tracing::instrument(name = "ai_qa.add_objection", skip_all)]
pub async fn add_objection(state: &State, caller: &Caller, input: ObjectionInput) -> Result<Objection, AiQaError> {
    let mut write = begin(state, caller).await?;
    let input = input.checked()?;
    let objection = Objection {
        id: write.new_id(),
        text: input.text,
        industry: input.industry,
        customer_id: input.customer_id,
        created_by: caller.principal.id,
        created_at: write.now(),
        version: 1,
    };
    store::objections::insert(write.db(), caller.tenant(), &objection).await?;
    record(&mut write, &objection, "added")?;
    Ok(write.commit(objection).await?)
}

#[tracing::instrument(name = "ai_qa.change_objection", skip_all, fields(objection = %id))]
pub async fn change_objection(
    state: &State,
    caller: &Caller,
    id: Uuid,
    seen: IfMatch,
    input: ObjectionInput,
) -> Result<Objection, AiQaError> {
    let mut write = begin(state, caller).await?;
    let input = input.checked()?;
    let found = store::objections::lock(write.db(), id).await?.ok_or(AiQaError::ObjectionNotFound)?;
    seen.check(found.version)?;
    let objection = Objection {
        text: input.text,
        industry: input.industry,
        customer_id: input.customer_id,
        version: found.version + 1,
        ..found
    };
    store::objections::save(write.db(), &objection, false).await?;
    record(&mut write, &objection, "changed")?;
    Ok(write.commit(objection).await?)
}

/// Withdrawn objections are drawn no more; reviews that have drawn them stay.
#[tracing::instrument(name = "ai_qa.withdraw_objection", skip_all, fields(objection = %id))]
pub async fn withdraw_objection(state: &State, caller: &Caller, id: Uuid) -> Result<(), AiQaError> {
    let mut write = begin(state, caller).await?;
    let mut objection = store::objections::lock(write.db(), id).await?.ok_or(AiQaError::ObjectionNotFound)?;
    objection.version += 1;
    store::objections::save(write.db(), &objection, true).await?;
    record(&mut write, &objection, "withdrawn")?;
    Ok(write.commit(()).await?)
}

async fn begin(state: &State, caller: &Caller) -> Result<Write, AiQaError> {
    let write = state.journal.begin(caller).await?;
    let library = Resource::tenant_wide(ResourceKind::TalkTrack, caller.tenant());
    authz::check(&caller.principal, write.now(), Action::TalkTrackWrite, &library)?;
    Ok(write)
}

fn record(write: &mut Write, objection: &Objection, what: &str) -> Result<(), AiQaError> {
    let event = ObjectionChanged {
        objection_id: objection.id.to_string(),
        what: what.to_owned(),
        industry: objection.industry.clone().unwrap_or_default(),
        customer_id: objection.customer_id.map(|id| id.to_string()).unwrap_or_default(),
    };
    write.record(Entry::new(&event, objection.id, objection.version)?);
    Ok(())
}
