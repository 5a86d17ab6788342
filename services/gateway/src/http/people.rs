//! `/api/people`: the organisation directory.

use axum::extract::State as Shared;
use http::StatusCode;
use runtime::http::{Call, IfMatch, Json, Page, PageQuery, Path, Query, Versioned};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::State;
use crate::error::GatewayError;
use crate::ops::add_person::{self, NewPerson};
use crate::ops::change_person::{self, PersonChange};
use crate::ops::people::{self, PeopleQuery, PersonView};

pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new().routes(routes!(list_people, add_person)).routes(routes!(
        show_person,
        change_person,
        deactivate_person
    ))
}

/// People by name; personal data is masked for all but administrators and the person.
#[utoipa::path(get, path = "/api/people", params(PeopleQuery, PageQuery),
    responses((status = 200, body = Page<PersonView>)), tag = "directory")]
async fn list_people(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Query(query): Query<PeopleQuery>,
    Query(page): Query<PageQuery>,
) -> Result<Json<Page<PersonView>>, GatewayError> {
    people::list_people(&state, &caller, query, &page).await.map(Json)
}

/// Adds somebody.
#[utoipa::path(post, path = "/api/people", request_body = NewPerson, responses((status = 201, body = PersonView)),
    tag = "directory")]
async fn add_person(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Json(input): Json<NewPerson>,
) -> Result<(StatusCode, Versioned<PersonView>), GatewayError> {
    let added = add_person::add_person(&state, &caller, input).await?;
    Ok((StatusCode::CREATED, Versioned(added.version, added)))
}

/// One person.
#[utoipa::path(get, path = "/api/people/{id}", params(("id" = Uuid, Path)), responses((status = 200, body = PersonView)),
    tag = "directory")]
async fn show_person(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
) -> Result<Versioned<PersonView>, GatewayError> {
    let person = people::show_person(&state, &caller, id).await?;
    Ok(Versioned(person.version, person))
}

/// Changes what is known about somebody, or sets a new password.
#[utoipa::path(patch, path = "/api/people/{id}", params(("id" = Uuid, Path)), request_body = PersonChange,
    responses((status = 200, body = PersonView)), tag = "directory")]
async fn change_person(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
    seen: IfMatch,
    Json(change): Json<PersonChange>,
) -> Result<Versioned<PersonView>, GatewayError> {
    let changed = change_person::change_person(&state, &caller, id, seen, change).await?;
    Ok(Versioned(changed.version, changed))
}

/// Ends somebody's sessions and keeps them from signing in. They stay in the directory: evidence refers to them.
#[utoipa::path(delete, path = "/api/people/{id}", params(("id" = Uuid, Path)),
    responses((status = 200, body = PersonView)), tag = "directory")]
async fn deactivate_person(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
    seen: IfMatch,
) -> Result<Versioned<PersonView>, GatewayError> {
    let leave = PersonChange { active: Some(false), ..PersonChange::default() };
    let changed = change_person::change_person(&state, &caller, id, seen, leave).await?;
    Ok(Versioned(changed.version, changed))
}
