//! Shows one lead, the decisions about it, and the contacts with it.

use chrono::{DateTime, Utc};
use journal::Caller;
use kernel::{Evidence, Scope};
use serde::Serialize;
use sqlx::{Postgres, Transaction};
use uuid::Uuid;

use super::load::check_visible;
use super::view::{AssignmentView, LeadView};
use crate::app::State;
use crate::domain::lead::Lead;
use crate::error::{LeadError, Missing};
use crate::store;

/// One contact and what proves it.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct TouchView {
    pub id: Uuid,
    pub rep_id: Uuid,
    pub at: DateTime<Utc>,
    pub evidence: Vec<Evidence>,
    pub note: Option<String>,
}

pub async fn find_lead(state: &State, caller: &Caller, id: Uuid) -> Result<LeadView, LeadError> {
    let (lead, _) = visible(state, caller, id).await?;
    Ok(LeadView::of(lead, &caller.principal))
}

/// Every decision about the lead, oldest first.
pub async fn assignments(state: &State, caller: &Caller, id: Uuid) -> Result<Vec<AssignmentView>, LeadError> {
    let (_, mut tx) = visible(state, caller, id).await?;
    Ok(store::assignments::of_lead(&mut tx, id).await?.into_iter().map(Into::into).collect())
}

/// Every contact with the lead, oldest first; shown to whoever sees how to reach the contact.
pub async fn touches(state: &State, caller: &Caller, id: Uuid) -> Result<Vec<TouchView>, LeadError> {
    let (lead, mut tx) = visible(state, caller, id).await?;
    if !lead.shows_contact_to(&caller.principal) {
        return Err(LeadError::NotFound(Missing::Lead));
    }
    let touches = store::touches::of_lead(&mut tx, id).await?.into_iter();
    let view = |touch: store::touches::Touch| TouchView {
        id: touch.id,
        rep_id: touch.rep_id,
        at: touch.at,
        evidence: touch.evidence,
        note: touch.note,
    };
    Ok(touches.map(view).collect())
}

async fn visible(
    state: &State,
    caller: &Caller,
    id: Uuid,
) -> Result<(Lead, Transaction<'static, Postgres>), LeadError> {
    let mut tx = state.journal.read(&caller.principal, Scope::All).await?;
    let lead = store::leads::find(&mut tx, id).await?.ok_or(LeadError::NotFound(Missing::Lead))?;
    check_visible(&caller.principal, state.clock.now(), &lead)?;
    Ok((lead, tx))
}
