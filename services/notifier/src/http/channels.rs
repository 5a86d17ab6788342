//! `/api/channels`: providers and rules of a tenant.

use axum::extract::State as Shared;
use runtime::http::{Call, Json, Path};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::State;
use crate::domain::channel::ChannelKind;
use crate::domain::rules::RuleSet;
use crate::error::NotifierError;
use crate::ops;
use crate::ops::configure_channel::{ChannelBody, ChannelView};
use crate::ops::set_rules::RulesView;

pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new()
        .routes(routes!(list_channels))
        .routes(routes!(get_rules, set_rules, reset_rules))
        .routes(routes!(configure_channel, reset_channel))
}

/// Every outgoing channel and who carries it.
#[utoipa::path(get, path = "/api/channels", responses((status = 200, body = Vec<ChannelView>)), tag = "channels")]
async fn list_channels(
    Shared(state): Shared<State>,
    Call(caller): Call,
) -> Result<Json<Vec<ChannelView>>, NotifierError> {
    ops::configure_channel::list_channels(&state, &caller).await.map(Json)
}

/// Sets a provider up; secrets that are left out keep their value.
#[utoipa::path(put, path = "/api/channels/{channel}", params(("channel" = ChannelKind, Path)), request_body = ChannelBody, responses((status = 200, body = ChannelView)), tag = "channels")]
async fn configure_channel(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Path(kind): Path<ChannelKind>,
    Json(body): Json<ChannelBody>,
) -> Result<Json<ChannelView>, NotifierError> {
    ops::configure_channel::configure_channel(&state, &caller, kind, body).await.map(Json)
}

/// Goes back to the default provider.
#[utoipa::path(delete, path = "/api/channels/{channel}", params(("channel" = ChannelKind, Path)), responses((status = 200, body = ChannelView)), tag = "channels")]
async fn reset_channel(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Path(kind): Path<ChannelKind>,
) -> Result<Json<ChannelView>, NotifierError> {
    ops::configure_channel::reset_channel(&state, &caller, kind).await.map(Json)
}

/// The rules in force: who is told what, and how.
#[utoipa::path(get, path = "/api/channels/rules", responses((status = 200, body = RulesView)), tag = "channels")]
async fn get_rules(Shared(state): Shared<State>, Call(caller): Call) -> Result<Json<RulesView>, NotifierError> {
    ops::set_rules::get_rules(&state, &caller).await.map(Json)
}

/// Replaces the rules.
#[utoipa::path(put, path = "/api/channels/rules", request_body = RuleSet, responses((status = 200, body = RulesView)), tag = "channels")]
async fn set_rules(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Json(body): Json<RuleSet>,
) -> Result<Json<RulesView>, NotifierError> {
    ops::set_rules::set_rules(&state, &caller, body).await.map(Json)
}

/// Goes back to the default rules.
#[utoipa::path(delete, path = "/api/channels/rules", responses((status = 200, body = RulesView)), tag = "channels")]
async fn reset_rules(Shared(state): Shared<State>, Call(caller): Call) -> Result<Json<RulesView>, NotifierError> {
    ops::set_rules::reset_rules(&state, &caller).await.map(Json)
}
