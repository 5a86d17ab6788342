//! Dead letters of one service: see them, replay them.

use std::sync::Arc;

use authz::Action;
use chrono::{DateTime, Utc};
use journal::consume::{Consumer, Failure};
use journal::{Caller, Journal, JournalError};
use kernel::{AsProblem, Kind, Problem, Text};
use serde::Serialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::http::{Call, Json, Path};
use crate::permission::allow_tenant_wide;

const SHOWN: i64 = 200;

#[derive(Clone)]
struct State {
    journal: Journal,
    consumers: Arc<Vec<Consumer>>,
}

#[derive(Debug, thiserror::Error)]
enum DeadLetterError {
    #[error(transparent)]
    Journal(#[from] JournalError),
    #[error(transparent)]
    Denied(#[from] authz::Denied),
    #[error("no dead letter {0}")]
    NotFound(Uuid),
    #[error("its reaction no longer exists")]
    Orphaned,
    #[error("refused again")]
    RefusedAgain(Problem),
}

impl AsProblem for DeadLetterError {
    fn problem(&self) -> Problem {
        match self {
            Self::Journal(error) => error.problem(),
            Self::Denied(error) => error.problem(),
            Self::NotFound(_) => {
                Problem::new(Kind::NotFound, "dead_letter_not_found", "没有这封死信", "no such dead letter")
            }
            Self::Orphaned => Problem::new(
                Kind::Conflict,
                "reaction_gone",
                "对应的处理已不存在",
                "the reaction it was for no longer exists",
            ),
            Self::RefusedAgain(problem) => problem.clone(),
        }
    }
}

crate::respond_as_problem!(DeadLetterError);

/// An event that a reaction refused for good.
#[derive(Debug, Serialize, utoipa::ToSchema)]
struct DeadLetterView {
    id: Uuid,
    service: String,
    consumer: String,
    event_id: Uuid,
    subject: String,
    /// Such as `customer_not_found`.
    code: String,
    reason: Text,
    /// What the log says beyond that, for those who operate.
    detail: Option<String>,
    attempts: i32,
    failed_at: DateTime<Utc>,
    replayed_at: Option<DateTime<Utc>>,
}

pub(crate) fn routes(service: &'static str, journal: &Journal, consumers: &[Consumer]) -> OpenApiRouter {
    let state = State { journal: journal.clone(), consumers: Arc::new(consumers.to_vec()) };
    let routes = OpenApiRouter::new().routes(routes!(list_dead_letters)).routes(routes!(replay_dead_letter));
    OpenApiRouter::new().nest(&format!("/api/dead-letters/{service}"), routes).with_state(state)
}

fn allow(state: &State, caller: &Caller, action: Action) -> Result<(), DeadLetterError> {
    Ok(allow_tenant_wide(&state.journal, caller, action)?)
}

/// Dead letters of this service, newest first.
#[utoipa::path(get, path = "", responses((status = 200, body = Vec<DeadLetterView>)), tag = "dead letters")]
async fn list_dead_letters(
    axum::extract::State(state): axum::extract::State<State>,
    Call(caller): Call,
) -> Result<Json<Vec<DeadLetterView>>, DeadLetterError> {
    allow(&state, &caller, Action::DeadLetterRead)?;
    let letters = state.journal.dead_letters(&caller.principal, SHOWN).await?;
    let service = state.journal.service().to_owned();
    let view = |letter: journal::dead_letters::DeadLetter| DeadLetterView {
        id: letter.id,
        service: service.clone(),
        consumer: letter.consumer,
        event_id: letter.event_id,
        subject: letter.subject,
        code: letter.code,
        reason: letter.reason.0,
        detail: letter.detail,
        attempts: letter.attempts,
        failed_at: letter.failed_at,
        replayed_at: letter.replayed_at,
    };
    Ok(Json(letters.into_iter().map(view).collect()))
}

/// Handles a dead letter again; the reaction's own de-duplication still holds.
#[utoipa::path(post, path = "/{id}/replay", params(("id" = Uuid, Path)), responses((status = 200)), tag = "dead letters")]
async fn replay_dead_letter(
    axum::extract::State(state): axum::extract::State<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
) -> Result<Json<()>, DeadLetterError> {
    allow(&state, &caller, Action::DeadLetterReplay)?;
    let found = state.journal.dead_letter(&caller.principal, id).await?;
    let (name, event) = found.ok_or(DeadLetterError::NotFound(id))?;
    let consumer = state.consumers.iter().find(|consumer| consumer.name == name).ok_or(DeadLetterError::Orphaned)?;
    match (consumer.handler)(event).await {
        Ok(()) => {}
        Err(Failure::Problem(problem)) if problem.kind == Kind::Replayed => {}
        Err(Failure::Problem(problem)) => return Err(DeadLetterError::RefusedAgain(problem)),
        Err(Failure::Later) => {
            return Err(DeadLetterError::RefusedAgain(Problem::unavailable("an earlier event is missing")));
        }
    }
    state.journal.dead_letter_replayed(&caller.principal, id).await?;
    Ok(Json(()))
}
