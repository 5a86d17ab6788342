//! Which fields there are.

use authz::Action;
use axum::extract;
use custom_fields::{Definition, store};
use kernel::Scope;

use super::error::CustomFieldRouteError;
use super::{State, TAG, allow};
use crate::http::{Call, Json};

/// Every custom field of this service's records, in the order of forms; those out of use, too.
#[utoipa::path(get, path = "/", responses((status = 200, body = Vec<Definition>)), tag = TAG)]
pub(super) async fn list_custom_fields(
    extract::State(state): extract::State<State>,
    Call(caller): Call,
) -> Result<Json<Vec<Definition>>, CustomFieldRouteError> {
    allow(&state, &caller, Action::CustomFieldRead)?;
    let mut tx = state.journal.read(&caller.principal, Scope::All).await?;
    Ok(Json(store::all(&mut tx).await?))
}
