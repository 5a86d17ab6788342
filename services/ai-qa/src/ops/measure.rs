//! What coaching comes to: agreement, quality, resolved objections.

use std::collections::BTreeMap;

use authz::{Action, Resource, ResourceKind};
use chrono::{DateTime, Datelike, NaiveDate, Utc};
use journal::Caller;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::app::State;
use crate::domain::coaching::china_day;
use crate::domain::measure::{AgreementReport, Opinion};
use crate::domain::quality::{JudgedAnswer, Share, high_quality_share, resolution_rate};
use crate::error::AiQaError;
use crate::store;
use crate::store::judgements::Compared;
use crate::store::reviews::Measured;

/// From the beginning of one day to the end of another, in China.
#[derive(Clone, Copy, Debug)]
pub struct Span {
    pub from: DateTime<Utc>,
    pub until: DateTime<Utc>,
}

kernel::choices! {
    /// What shares are counted for.
    By {
        Rep = "rep",
        Team = "team",
        Objection = "objection",
    }
}

/// A share for one rep, team, objection or month.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct KeyShare {
    /// An id, an organisation path, or a month such as `2026-03`.
    pub key: String,
    pub part: u32,
    pub of: u32,
}

impl KeyShare {
    fn all<K: ToString>(shares: BTreeMap<K, Share>) -> Vec<Self> {
        let share = |(key, share): (K, Share)| Self { key: key.to_string(), part: share.part, of: share.of };
        shares.into_iter().map(share).collect()
    }
}

/// For coaches, about the people of their part of the organisation.
#[tracing::instrument(name = "ai_qa.measure_agreement", skip_all)]
pub async fn measure_agreement(state: &State, caller: &Caller, span: Span) -> Result<AgreementReport, AiQaError> {
    let principal = &caller.principal;
    let own = Resource::unowned(ResourceKind::Review, principal.tenant, principal.org.clone());
    authz::check(principal, state.clock.now(), Action::ReviewDecide, &own)?;
    let scope = authz::list_scope(principal, ResourceKind::Review);
    let mut tx = state.journal.read(principal, scope).await?;
    let compared = store::judgements::compared(&mut tx, span.from, span.until).await?;
    Ok(AgreementReport::of(&opinions(compared)))
}

/// Answers of high quality, of all that were judged: a rep's own, or those of the people one looks after.
#[tracing::instrument(name = "ai_qa.measure_quality", skip_all)]
pub async fn measure_quality(state: &State, caller: &Caller, span: Span, by: By) -> Result<Vec<KeyShare>, AiQaError> {
    let answers = answers(state, caller, span, |one| one.percent.is_some()).await?;
    Ok(match by {
        By::Rep => KeyShare::all(high_quality_share(&answers, |one| one.rep)),
        By::Team => KeyShare::all(high_quality_share(&answers, |one| one.team.clone())),
        By::Objection => KeyShare::all(high_quality_share(&answers, |one| one.objection)),
    })
}

/// Objections that were out of the way afterwards, of those of which it is known, by month.
#[tracing::instrument(name = "ai_qa.measure_resolution", skip_all)]
pub async fn measure_resolution(
    state: &State,
    caller: &Caller,
    span: Span,
    objection: Option<Uuid>,
) -> Result<Vec<KeyShare>, AiQaError> {
    let wanted = |one: &Measured| one.resolved.is_some() && objection.is_none_or(|wanted| one.objection == wanted);
    let answers = answers(state, caller, span, wanted).await?;
    let month = |one: &JudgedAnswer| format!("{:04}-{:02}", one.on.year(), one.on.month());
    Ok(KeyShare::all(resolution_rate(&answers, month)))
}

async fn answers(
    state: &State,
    caller: &Caller,
    span: Span,
    wanted: impl Fn(&Measured) -> bool,
) -> Result<Vec<JudgedAnswer>, AiQaError> {
    let scope = authz::list_scope(&caller.principal, ResourceKind::Review);
    let mut tx = state.journal.read(&caller.principal, scope).await?;
    let measured = store::reviews::measured(&mut tx, span.from, span.until).await?;
    Ok(measured.into_iter().filter(wanted).map(judged).collect())
}

fn judged(one: Measured) -> JudgedAnswer {
    JudgedAnswer {
        rep: one.rep,
        team: one.org,
        objection: one.objection,
        on: china_day(one.answered_at),
        percent: one.percent.and_then(|percent| u8::try_from(percent).ok()).unwrap_or(0),
        flawless: one.harm == 0,
        resolved: one.resolved,
    }
}

pub(super) fn opinions(compared: Vec<Compared>) -> Vec<Opinion> {
    let opinion = |one: Compared| Opinion {
        review: one.review,
        coach: one.coach,
        passed: one.passed,
        outcome: one.outcome,
        score: one.score,
        points: one.points,
    };
    compared.into_iter().map(opinion).collect()
}

impl Span {
    /// Both days belong to it.
    pub fn days(from: NaiveDate, until: NaiveDate) -> Self {
        let start = |day: NaiveDate| day.and_time(chrono::NaiveTime::MIN).and_utc() - chrono::Duration::hours(8);
        Self { from: start(from), until: start(until) + chrono::Duration::days(1) }
    }
}
