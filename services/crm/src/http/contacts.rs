//! `/api/customers/{id}/contacts`

use axum::extract::State as Extract;
use axum::http::StatusCode;
use runtime::http::{Call, Json, Path};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::State;
use crate::error::CrmError;
use crate::ops::add_contact::NewContact;
use crate::ops::change_contact::ContactChange;
use crate::ops::customer_view::CustomerView;
use crate::ops::{add_contact, change_contact};

pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new().routes(routes!(add)).routes(routes!(change))
}

/// Adds a person to a customer.
#[utoipa::path(post, path = "/api/customers/{id}/contacts", params(("id" = Uuid, Path)), request_body = NewContact,
    responses((status = 201, body = CustomerView)), tag = "customers")]
async fn add(
    Extract(state): Extract<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
    Json(input): Json<NewContact>,
) -> Result<(StatusCode, Json<CustomerView>), CrmError> {
    Ok((StatusCode::CREATED, Json(add_contact::add_contact(&state, &caller, id, input).await?)))
}

/// Changes a person; fields not given stay.
#[utoipa::path(patch, path = "/api/customers/{id}/contacts/{contact_id}",
    params(("id" = Uuid, Path), ("contact_id" = Uuid, Path)), request_body = NewContact,
    responses((status = 200, body = CustomerView), (status = 404, description = "contact_not_found")), tag = "customers")]
async fn change(
    Extract(state): Extract<State>,
    Call(caller): Call,
    Path((customer, contact)): Path<(Uuid, Uuid)>,
    Json(input): Json<NewContact>,
) -> Result<Json<CustomerView>, CrmError> {
    let change = ContactChange { customer, contact, input };
    Ok(Json(change_contact::change_contact(&state, &caller, change).await?))
}
