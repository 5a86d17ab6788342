//! Loads the lead that an operation is about, and says who may.

use authz::Action;
use chrono::{DateTime, Utc};
use journal::Write;
use kernel::Principal;
use uuid::Uuid;

use crate::domain::lead::Lead;
use crate::error::{LeadError, Missing};
use crate::store;

/// Locks the lead for a caller who may see it and may do this to it.
pub async fn lead_for(write: &mut Write, id: Uuid, action: Action) -> Result<Lead, LeadError> {
    let lead = store::leads::lock(write.db(), id).await?.ok_or(LeadError::NotFound(Missing::Lead))?;
    let (principal, now) = (&write.caller().principal, write.now());
    check_visible(principal, now, &lead)?;
    authz::check(principal, now, action, &lead.resource())?;
    Ok(lead)
}

/// Locks the lead for the service's own work.
pub async fn lead(write: &mut Write, id: Uuid) -> Result<Lead, LeadError> {
    store::leads::lock(write.db(), id).await?.ok_or(LeadError::NotFound(Missing::Lead))
}

/// What somebody may not see does not exist for them.
pub fn check_visible(principal: &Principal, now: DateTime<Utc>, lead: &Lead) -> Result<(), LeadError> {
    let own = authz::check(principal, now, Action::LeadRead, &lead.resource()).is_ok();
    let in_pool = || authz::check(principal, now, Action::LeadPoolRead, &lead.pool()).is_ok();
    if own || (lead.owner_id.is_none() && in_pool()) { Ok(()) } else { Err(LeadError::NotFound(Missing::Lead)) }
}

/// A reason that says something.
pub fn reason(text: &str) -> Result<String, LeadError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(LeadError::field("reason", "required", "须写明原因", "a reason is required"));
    }
    if text.chars().count() > 500 {
        return Err(LeadError::field("reason", "too_long", "不得超过 500 个字", "must have at most 500 characters"));
    }
    Ok(text.to_owned())
}
