//! `/api/customers`

use axum::extract::State as Extract;
use axum::http::StatusCode;
use runtime::http::{Call, IfMatch, Json, Page, PageQuery, Path, Query, Versioned};
use serde::Deserialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::State;
use crate::domain::customer::StoreTier;
use crate::domain::grade::Grade;
use crate::domain::health::Health;
use crate::error::CrmError;
use crate::ops::customer_view::{CustomerLine, CustomerView};
use crate::ops::register_customer::CustomerInput;
use crate::ops::show_history::HistoryLine;
use crate::ops::update_customer::CustomerChange;
use crate::ops::{list_customers, register_customer, show_customer, show_history, update_customer};

pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new().routes(routes!(register, list)).routes(routes!(show, update)).routes(routes!(history))
}

/// What a list of customers is narrowed by.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
struct CustomerQuery {
    /// Part of the company's name.
    q: Option<String>,
    grade: Option<Grade>,
    health: Option<Health>,
    store_tier: Option<StoreTier>,
    owner_id: Option<Uuid>,
    industry: Option<String>,
    region: Option<String>,
    tag: Option<String>,
    /// `key:value` of a custom field: text matches in part, everything else exactly.
    custom: Option<String>,
}

impl From<CustomerQuery> for list_customers::Filter {
    fn from(query: CustomerQuery) -> Self {
        Self {
            name: query.q,
            grade: query.grade,
            health: query.health,
            store_tier: query.store_tier,
            owner: query.owner_id,
            industry: query.industry,
            region: query.region,
            tag: query.tag,
            custom: query.custom,
        }
    }
}

/// Registers a company as a customer; refused when it is one already.
#[utoipa::path(post, path = "/api/customers", request_body = CustomerInput,
    responses((status = 201, body = CustomerView), (status = 409, description = "customer_exists")), tag = "customers")]
async fn register(
    Extract(state): Extract<State>,
    Call(caller): Call,
    Json(input): Json<CustomerInput>,
) -> Result<(StatusCode, Json<CustomerView>), CrmError> {
    let view = register_customer::register_customer(&state, &caller, input).await?;
    Ok((StatusCode::CREATED, Json(view)))
}

/// The customers you may see, newest first.
#[utoipa::path(get, path = "/api/customers", params(CustomerQuery, PageQuery),
    responses((status = 200, body = Page<CustomerLine>)), tag = "customers")]
async fn list(
    Extract(state): Extract<State>,
    Call(caller): Call,
    Query(query): Query<CustomerQuery>,
    Query(page): Query<PageQuery>,
) -> Result<Json<Page<CustomerLine>>, CrmError> {
    Ok(Json(list_customers::list_customers(&state, &caller, query.into(), page).await?))
}

/// One customer with its contacts.
#[utoipa::path(get, path = "/api/customers/{id}", params(("id" = Uuid, Path)),
    responses((status = 200, body = CustomerView), (status = 404, description = "customer_not_found")), tag = "customers")]
async fn show(
    Extract(state): Extract<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
) -> Result<Versioned<CustomerView>, CrmError> {
    let view = show_customer::show_customer(&state, &caller, id).await?;
    Ok(Versioned(view.customer.version, view))
}

/// Changes details, tags, tier or links; fields not given stay.
#[utoipa::path(patch, path = "/api/customers/{id}", params(("id" = Uuid, Path)), request_body = CustomerChange,
    responses((status = 200, body = CustomerView), (status = 412, description = "changed_meanwhile")), tag = "customers")]
async fn update(
    Extract(state): Extract<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
    seen: IfMatch,
    Json(input): Json<CustomerChange>,
) -> Result<Versioned<CustomerView>, CrmError> {
    let view = update_customer::update_customer(&state, &caller, id, seen, input).await?;
    Ok(Versioned(view.customer.version, view))
}

/// What happened with the customer, its opportunities, visits and actions, latest first.
#[utoipa::path(get, path = "/api/customers/{id}/history", params(("id" = Uuid, Path), PageQuery),
    responses((status = 200, body = Page<HistoryLine>)), tag = "customers")]
async fn history(
    Extract(state): Extract<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
    Query(page): Query<PageQuery>,
) -> Result<Json<Page<HistoryLine>>, CrmError> {
    Ok(Json(show_history::show_history(&state, &caller, id, page).await?))
}
