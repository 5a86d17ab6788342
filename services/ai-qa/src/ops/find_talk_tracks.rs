//! The library, for everybody in the organisation.

use authz::{Action, Resource, ResourceKind};
use journal::Caller;
use kernel::Scope;
use sqlx::{Postgres, Transaction};
use uuid::Uuid;

use super::keep_price_facts::PriceFacts;
use crate::app::State;
use crate::domain::comparison_sheet::ComparisonSheet;
use crate::domain::talk_track::{Example, Track};
use crate::error::AiQaError;
use crate::ops::views::TrackVersionView;
use crate::store;
use crate::store::After;

#[tracing::instrument(name = "ai_qa.find_talk_track", skip_all, fields(talk_track = %id))]
pub async fn find_talk_track(state: &State, caller: &Caller, id: Uuid) -> Result<Track, AiQaError> {
    let mut tx = open_library(state, caller).await?;
    store::talk_tracks::find(&mut tx, id).await?.ok_or(AiQaError::TalkTrackNotFound)
}

#[tracing::instrument(name = "ai_qa.list_talk_tracks", skip_all)]
pub async fn list_talk_tracks(
    state: &State,
    caller: &Caller,
    objection: Option<Uuid>,
    after: After,
    limit: i64,
) -> Result<Vec<Track>, AiQaError> {
    let mut tx = open_library(state, caller).await?;
    store::talk_tracks::list(&mut tx, objection, after, limit).await
}

/// Every version of a track's words, the newest first.
#[tracing::instrument(name = "ai_qa.list_versions", skip_all, fields(talk_track = %id))]
pub async fn list_versions(state: &State, caller: &Caller, id: Uuid) -> Result<Vec<TrackVersionView>, AiQaError> {
    let mut tx = open_library(state, caller).await?;
    store::talk_tracks::find(&mut tx, id).await?.ok_or(AiQaError::TalkTrackNotFound)?;
    Ok(store::talk_tracks::versions(&mut tx, id).await?.into_iter().map(TrackVersionView::from).collect())
}

#[tracing::instrument(name = "ai_qa.list_examples", skip_all, fields(talk_track = %id))]
pub async fn list_examples(state: &State, caller: &Caller, id: Uuid) -> Result<Vec<Example>, AiQaError> {
    let mut tx = open_library(state, caller).await?;
    store::talk_tracks::find(&mut tx, id).await?.ok_or(AiQaError::TalkTrackNotFound)?;
    store::examples::list(&mut tx, id).await
}

#[tracing::instrument(name = "ai_qa.find_comparison_sheet", skip_all, fields(sheet = %id))]
pub async fn find_comparison_sheet(state: &State, caller: &Caller, id: Uuid) -> Result<ComparisonSheet, AiQaError> {
    let mut tx = open_library(state, caller).await?;
    store::comparison_sheets::find(&mut tx, id).await?.ok_or(AiQaError::SheetNotFound)
}

#[tracing::instrument(name = "ai_qa.list_comparison_sheets", skip_all)]
pub async fn list_comparison_sheets(
    state: &State,
    caller: &Caller,
    after: After,
    limit: i64,
) -> Result<Vec<ComparisonSheet>, AiQaError> {
    let mut tx = open_library(state, caller).await?;
    store::comparison_sheets::list(&mut tx, after, limit).await
}

/// The numbers and the version of their list.
#[tracing::instrument(name = "ai_qa.find_price_facts", skip_all)]
pub async fn find_price_facts(state: &State, caller: &Caller) -> Result<(i64, PriceFacts), AiQaError> {
    let mut tx = open_library(state, caller).await?;
    let (facts, version) = store::price_facts::find(&mut tx).await?;
    Ok((version, PriceFacts { facts }))
}

pub(super) async fn open_library(state: &State, caller: &Caller) -> Result<Transaction<'static, Postgres>, AiQaError> {
    let library = Resource::tenant_wide(ResourceKind::TalkTrack, caller.tenant());
    authz::check(&caller.principal, state.clock.now(), Action::TalkTrackRead, &library)?;
    Ok(state.journal.read(&caller.principal, Scope::All).await?)
}
