//! Operations defines fields, changes them, and takes them out of use.

use authz::Action;
use axum::extract;
use axum::http::StatusCode;
use custom_fields::definition::MOST_LIVE;
use custom_fields::{CustomFieldError, Definition, DefinitionChange, NewDefinition, Resource, store};
use journal::Write;
use kernel::{FieldError, Text};
use uuid::Uuid;

use super::error::CustomFieldRouteError;
use super::{State, TAG, allow};
use crate::http::{Call, IfMatch, Json, Path, Versioned};

/// Adds a field: forms ask for it from now on.
#[utoipa::path(post, path = "/", request_body = NewDefinition,
    responses((status = 201, body = Definition), (status = 409, description = "custom_field_exists")), tag = TAG)]
#[tracing::instrument(name = "custom_fields.define", skip_all)]
pub(super) async fn define_custom_field(
    extract::State(state): extract::State<State>,
    Call(caller): Call,
    Json(new): Json<NewDefinition>,
) -> Result<(StatusCode, Json<Definition>), CustomFieldRouteError> {
    allow(&state, &caller, Action::CustomFieldWrite)?;
    refuse_foreign(&state, new.resource)?;
    let mut write = state.journal.begin(&caller).await?;
    let known = store::of_resource(write.db(), new.resource).await?;
    refuse_many(&known)?;
    let last = known.iter().map(|field| field.position).max().unwrap_or(0);
    let field = new.checked(write.new_id(), last.saturating_add(1), write.now())?;
    keep(&state, &mut write, &field, "").await?;
    Ok((StatusCode::CREATED, Json(write.commit(field).await?)))
}

/// Changes label, choices, order, whether it is required, or whether it is in use; key and type stay.
#[utoipa::path(patch, path = "/{id}", params(("id" = Uuid, Path)), request_body = DefinitionChange,
    responses((status = 200, body = Definition), (status = 412, description = "changed_meanwhile")), tag = TAG)]
#[tracing::instrument(name = "custom_fields.change", skip_all, fields(field = %id))]
pub(super) async fn change_custom_field(
    extract::State(state): extract::State<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
    seen: IfMatch,
    Json(change): Json<DefinitionChange>,
) -> Result<Versioned<Definition>, CustomFieldRouteError> {
    allow(&state, &caller, Action::CustomFieldWrite)?;
    let mut write = state.journal.begin(&caller).await?;
    let before = store::lock(write.db(), id).await?.ok_or(CustomFieldError::NotFound)?;
    seen.check(before.version).map_err(CustomFieldRouteError::Stale)?;
    let (was, was_retired) = (described(&before), before.retired);
    let field = before.changed(change, write.now())?;
    if was_retired && !field.retired {
        refuse_many(&store::of_resource(write.db(), field.resource).await?)?;
    }
    keep(&state, &mut write, &field, &was).await?;
    let field = write.commit(field).await?;
    Ok(Versioned(field.version, field))
}

async fn keep(state: &State, write: &mut Write, field: &Definition, was: &str) -> Result<(), CustomFieldRouteError> {
    let tenant = write.caller().tenant();
    store::save(write.db(), tenant, field).await?;
    write.record((state.announce)(field)?.change(was, described(field)));
    Ok(())
}

/// A definition as the journal says what became of it.
fn described(field: &Definition) -> String {
    let required = if field.required { " required" } else { "" };
    let retired = if field.retired { " retired" } else { "" };
    format!(
        "{} {:?} at {}{required}{retired}: {}",
        field.r#type,
        field.label.zh,
        field.position,
        field.choices.join(", ")
    )
}

fn refuse_foreign(state: &State, resource: Resource) -> Result<(), CustomFieldRouteError> {
    if state.resources.contains(&resource) {
        return Ok(());
    }
    let reason = Text::new("该服务没有这种记录", "this service keeps no such records");
    Err(vec![FieldError::new("resource", "unknown", reason)].into())
}

fn refuse_many(known: &[Definition]) -> Result<(), CustomFieldRouteError> {
    let live = known.iter().filter(|field| !field.retired).count();
    if live < MOST_LIVE { Ok(()) } else { Err(CustomFieldError::TooMany.into()) }
}
