//! `/api/reps`: who leads are given to.

use axum::extract::State as Shared;
use journal::Caller;
use runtime::http::{Call, IfMatch, Json, Path, Query, Versioned};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::State;
use crate::error::LeadError;
use crate::ops;
use crate::ops::distribution::{Distribution, Period};
use crate::ops::rep_profile::{RepDraft, RepView};
use crate::ops::set_availability::Availability;

pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new()
        .routes(routes!(list_reps))
        .routes(routes!(distribution))
        .routes(routes!(find_rep, put_rep))
        .routes(routes!(set_availability))
}

/// Everybody one may see, with today's load.
#[utoipa::path(get, path = "/api/reps", responses((status = 200, body = Vec<RepView>)), tag = "reps")]
async fn list_reps(Shared(state): Shared<State>, Call(caller): Call) -> Result<Json<Vec<RepView>>, LeadError> {
    Ok(Json(ops::rep_profile::list_reps(&state, &caller).await?))
}

/// Who got how many leads, against what was fair.
#[utoipa::path(get, path = "/api/reps/distribution", params(Period), responses((status = 200, body = Distribution)), tag = "reps")]
async fn distribution(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Query(period): Query<Period>,
) -> Result<Json<Distribution>, LeadError> {
    Ok(Json(ops::distribution::distribution(&state, &caller, period).await?))
}

/// One rep; the profile's version is the ETag.
#[utoipa::path(
    get, path = "/api/reps/{person_id}", params(("person_id" = Uuid, Path)),
    responses((status = 200, body = RepView)), tag = "reps"
)]
async fn find_rep(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
) -> Result<Versioned<RepView>, LeadError> {
    let rep = ops::rep_profile::find_rep(&state, &caller, id).await?;
    Ok(Versioned(rep.version, rep))
}

/// Creates or replaces a profile. Leads that wait are then tried again.
#[utoipa::path(
    put, path = "/api/reps/{person_id}", params(("person_id" = Uuid, Path)), request_body = RepDraft,
    responses((status = 200, body = RepView)), tag = "reps"
)]
async fn put_rep(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
    seen: IfMatch,
    Json(draft): Json<RepDraft>,
) -> Result<Versioned<RepView>, LeadError> {
    let rep = ops::rep_profile::put_rep(&state, &caller, id, &seen, draft).await?;
    route_queue(&state, &caller, &rep).await;
    Ok(Versioned(rep.version, rep))
}

/// Says whether one is there. Leads that wait are then tried again.
#[utoipa::path(
    put, path = "/api/reps/{person_id}/availability", params(("person_id" = Uuid, Path)), request_body = Availability,
    responses((status = 200, body = RepView)), tag = "reps"
)]
async fn set_availability(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
    Json(change): Json<Availability>,
) -> Result<Versioned<RepView>, LeadError> {
    let rep = ops::set_availability::set_availability(&state, &caller, id, change).await?;
    route_queue(&state, &caller, &rep).await;
    Ok(Versioned(rep.version, rep))
}

async fn route_queue(state: &State, caller: &Caller, rep: &RepView) {
    if rep.active && !rep.paused {
        ops::route_queued::route_queue_of(state, caller.tenant(), caller.correlation).await;
    }
}
