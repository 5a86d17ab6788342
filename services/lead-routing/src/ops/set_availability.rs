//! A rep says whether they are there: signing in, leave, travel, a pause.

use authz::Action;
use chrono::{DateTime, Utc};
use journal::Caller;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::rep_profile::{RepView, record_changed};
use crate::app::State;
use crate::error::{LeadError, Missing};
use crate::store;

/// What is not given stays as it is.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Availability {
    /// True: I am here now.
    pub signed_in: bool,
    pub travelling: Option<bool>,
    pub paused: Option<bool>,
    /// The whole leave; `{}` ends it.
    pub leave: Option<Leave>,
}

#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Leave {
    pub from: Option<DateTime<Utc>>,
    pub to: Option<DateTime<Utc>>,
}

#[tracing::instrument(name = "lead_routing.set_availability", skip_all, fields(rep = %id))]
pub async fn set_availability(
    state: &State,
    caller: &Caller,
    id: Uuid,
    change: Availability,
) -> Result<RepView, LeadError> {
    let mut write = state.journal.begin(caller).await?;
    let found = store::reps::lock(write.db(), caller.tenant().0, &[id]).await?.pop();
    let mut rep = found.ok_or(LeadError::NotFound(Missing::Rep))?;
    let now = write.now();
    authz::check(&caller.principal, now, Action::RepRead, &rep.resource())
        .map_err(|_| LeadError::NotFound(Missing::Rep))?;
    authz::check(&caller.principal, now, Action::RepSetAvailability, &rep.resource())?;
    rep.travelling = change.travelling.unwrap_or(rep.travelling);
    rep.paused = change.paused.unwrap_or(rep.paused);
    if let Some(leave) = change.leave {
        (rep.leave_from, rep.leave_to) = (leave.from, leave.to);
    }
    if change.signed_in {
        rep.last_signed_in_at = Some(now);
    }
    rep.version += 1;
    store::reps::save(write.db(), &rep).await?;
    record_changed(&mut write, &rep)?;
    Ok(write.commit(RepView::of(rep, now)).await?)
}
