//! `/api/lead-forms`: public forms, and what visitors fill into them.

use axum::extract::State as Shared;
use axum::http::StatusCode;
use runtime::http::{Call, Json, Path, Visitor};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::State;
use crate::domain::new_lead::NewLead;
use crate::error::LeadError;
use crate::ops;
use crate::ops::create_lead_form::{LeadFormView, NewLeadForm};
use crate::ops::submit_lead_form::Receipt;

pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new().routes(routes!(create_lead_form, list_lead_forms)).routes(routes!(submit_lead_form))
}

/// Makes a form; its code goes into the QR code.
#[utoipa::path(
    post, path = "/api/lead-forms", request_body = NewLeadForm,
    responses((status = 201, body = LeadFormView)), tag = "lead-forms"
)]
async fn create_lead_form(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Json(new): Json<NewLeadForm>,
) -> Result<(StatusCode, Json<LeadFormView>), LeadError> {
    let view = ops::create_lead_form::create_lead_form(&state, &caller, new).await?;
    Ok((StatusCode::CREATED, Json(view)))
}

/// Every form, newest first.
#[utoipa::path(get, path = "/api/lead-forms", responses((status = 200, body = Vec<LeadFormView>)), tag = "lead-forms")]
async fn list_lead_forms(
    Shared(state): Shared<State>,
    Call(caller): Call,
) -> Result<Json<Vec<LeadFormView>>, LeadError> {
    Ok(Json(ops::create_lead_form::list_lead_forms(&state, &caller).await?))
}

/// Hands in what a visitor filled in; no sign-in. `source`, `source_detail` and `org` are the form's.
#[utoipa::path(
    post, path = "/api/lead-forms/{form_code}", params(("form_code" = String, Path)), request_body = NewLead,
    responses((status = 201, body = Receipt)), tag = "lead-forms", security(())
)]
async fn submit_lead_form(
    Shared(state): Shared<State>,
    Path(code): Path<String>,
    visitor: Visitor,
    Json(new): Json<NewLead>,
) -> Result<(StatusCode, Json<Receipt>), LeadError> {
    let form = ops::submit_lead_form::find_form(&state, &code).await?;
    let caller = visitor.acting_as(ops::submit_lead_form::visitor_of(form.tenant_id));
    let receipt = ops::submit_lead_form::submit_lead_form(&state, &caller, form, new).await?;
    Ok((StatusCode::CREATED, Json(receipt)))
}
