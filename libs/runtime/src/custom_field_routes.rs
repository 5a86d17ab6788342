//! `/api/custom-fields/<service>`: the fields that operations have added to the records of one service. Everybody who
//! works there reads them, and forms ask for them; operations defines, changes and retires them, without IT.

mod error;
mod read;
mod write;

use authz::Action;
use contracts::{ChangedField, CustomFieldChange};
use custom_fields::{Definition, Resource};
use journal::{Caller, Entry, Journal, JournalError};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::permission::allow_tenant_wide;
use error::CustomFieldRouteError;

const TAG: &str = "custom fields";

#[derive(Clone)]
struct State {
    journal: Journal,
    /// Those that this service keeps.
    resources: &'static [Resource],
    announce: fn(&Definition) -> Result<Entry, JournalError>,
}

/// The routes of a service that keeps records of these kinds and says in `E` how a field is defined now.
pub fn custom_field_routes<E: CustomFieldChange>(journal: &Journal, resources: &'static [Resource]) -> OpenApiRouter {
    let routes = OpenApiRouter::new()
        .routes(routes!(read::list_custom_fields, write::define_custom_field))
        .routes(routes!(write::change_custom_field));
    let path = format!("/api/custom-fields/{}", journal.service());
    let state = State { journal: journal.clone(), resources, announce: announced::<E> };
    OpenApiRouter::new().nest(&path, routes).with_state(state)
}

fn announced<E: CustomFieldChange>(field: &Definition) -> Result<Entry, JournalError> {
    let event = E::of(ChangedField {
        field_id: field.id.to_string(),
        resource: field.resource.to_string(),
        key: field.key.clone(),
        r#type: field.r#type.to_string(),
        required: field.required,
        retired: field.retired,
    });
    Entry::new(&event, field.id, field.version)
}

fn allow(state: &State, caller: &Caller, action: Action) -> Result<(), CustomFieldRouteError> {
    Ok(allow_tenant_wide(&state.journal, caller, action)?)
}
