//! `/api/routing-rules`: the rules leads are routed by.

use axum::extract::State as Shared;
use axum::http::StatusCode;
use runtime::http::{Call, IfMatch, Json, Path, Versioned};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::State;
use crate::domain::rule::RuleDraft;
use crate::error::LeadError;
use crate::ops;
use crate::ops::dry_run_rule::{RuleTrial, TrialResult};
use crate::ops::read_rule_sentence::{RuleSentence, UnderstoodRule};
use crate::ops::routing_rule::RuleView;

pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new()
        .routes(routes!(list_rules, create_rule))
        .routes(routes!(dry_run_rule))
        .routes(routes!(read_rule_sentence))
        .routes(routes!(find_rule, change_rule, remove_rule))
}

/// Every rule in the order in which they are tried.
#[utoipa::path(get, path = "/api/routing-rules", responses((status = 200, body = Vec<RuleView>)), tag = "routing-rules")]
async fn list_rules(Shared(state): Shared<State>, Call(caller): Call) -> Result<Json<Vec<RuleView>>, LeadError> {
    Ok(Json(ops::routing_rule::list_rules(&state, &caller).await?))
}

/// Adds a rule; it holds for every lead from now on.
#[utoipa::path(
    post, path = "/api/routing-rules", request_body = RuleDraft,
    responses((status = 201, body = RuleView)), tag = "routing-rules"
)]
async fn create_rule(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Json(draft): Json<RuleDraft>,
) -> Result<(StatusCode, Json<RuleView>), LeadError> {
    Ok((StatusCode::CREATED, Json(ops::routing_rule::create_rule(&state, &caller, draft).await?)))
}

/// Tries a rule on leads of the past: what would have gone elsewhere. Changes nothing.
#[utoipa::path(
    post, path = "/api/routing-rules/dry-run", request_body = RuleTrial,
    responses((status = 200, body = TrialResult)), tag = "routing-rules"
)]
async fn dry_run_rule(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Json(trial): Json<RuleTrial>,
) -> Result<Json<TrialResult>, LeadError> {
    Ok(Json(ops::dry_run_rule::dry_run_rule(&state, &caller, trial).await?))
}

/// Reads a rule from a Chinese sentence, or names the exact word that is not clear. Changes nothing.
#[utoipa::path(
    post, path = "/api/routing-rules/sentence", request_body = RuleSentence,
    responses((status = 200, body = UnderstoodRule)), tag = "routing-rules"
)]
async fn read_rule_sentence(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Json(sentence): Json<RuleSentence>,
) -> Result<Json<UnderstoodRule>, LeadError> {
    Ok(Json(ops::read_rule_sentence::read_rule_sentence(&state, &caller, sentence).await?))
}

/// One rule; its version is the ETag.
#[utoipa::path(
    get, path = "/api/routing-rules/{id}", params(("id" = Uuid, Path)),
    responses((status = 200, body = RuleView)), tag = "routing-rules"
)]
async fn find_rule(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
) -> Result<Versioned<RuleView>, LeadError> {
    let rule = ops::routing_rule::find_rule(&state, &caller, id).await?;
    Ok(Versioned(rule.version, rule))
}

/// Changes a rule. Percentages start counting anew.
#[utoipa::path(
    put, path = "/api/routing-rules/{id}", params(("id" = Uuid, Path)), request_body = RuleDraft,
    responses((status = 200, body = RuleView)), tag = "routing-rules"
)]
async fn change_rule(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
    seen: IfMatch,
    Json(draft): Json<RuleDraft>,
) -> Result<Versioned<RuleView>, LeadError> {
    let rule = ops::routing_rule::change_rule(&state, &caller, id, &seen, draft).await?;
    Ok(Versioned(rule.version, rule))
}

/// Takes a rule out of force.
#[utoipa::path(
    delete, path = "/api/routing-rules/{id}", params(("id" = Uuid, Path)),
    responses((status = 204)), tag = "routing-rules"
)]
async fn remove_rule(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
) -> Result<StatusCode, LeadError> {
    ops::routing_rule::remove_rule(&state, &caller, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
