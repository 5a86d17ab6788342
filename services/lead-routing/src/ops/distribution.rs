//! Who got how many leads in a period, against what was fair at each of those moments.

use authz::{Action, ResourceKind};
use chrono::{DateTime, Duration, Utc};
use journal::Caller;
use kernel::Scope;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::app::State;
use crate::domain::rep::Rep;
use crate::error::LeadError;
use crate::store;
use crate::store::assignments::Received;

#[derive(Clone, Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Period {
    /// 30 days before `to` when not given.
    pub from: Option<DateTime<Utc>>,
    /// Now when not given.
    pub to: Option<DateTime<Utc>>,
}

/// Who got what. `fair_share` adds up, over every lead that rules gave away, the weight of a rep over the weights of
/// all who could have got it at that moment: with unchanged availability nobody is a whole lead away from it.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct Distribution {
    pub from: DateTime<Utc>,
    pub to: DateTime<Utc>,
    pub assigned_by_rule: i64,
    pub reps: Vec<RepShare>,
    /// The largest distance from a fair share, in leads.
    pub largest_deviation: f64,
}

#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct RepShare {
    pub person_id: Uuid,
    pub name: String,
    pub org: String,
    /// By a rule; these are compared with the fair share.
    pub by_rule: i64,
    /// By a manager, or taken from the pool.
    pub manual: i64,
    /// As a rule's fallback, or as the customer's own rep.
    pub other: i64,
    /// Taken back because they were not touched.
    pub recalled: i64,
    pub open: i32,
    pub fair_share: f64,
    pub deviation: f64,
}

pub async fn distribution(state: &State, caller: &Caller, period: Period) -> Result<Distribution, LeadError> {
    let now = state.clock.now();
    let to = period.to.unwrap_or(now + Duration::microseconds(1));
    let from = period.from.unwrap_or(to - Duration::days(30));
    let scope = authz::list_scope(&caller.principal, ResourceKind::Rep);
    if scope == Scope::None {
        return Err(authz::Denied::Forbidden { action: Action::RepRead }.into());
    }
    let mut tx = state.journal.read(&caller.principal, scope).await?;
    let reps = store::reps::list(&mut tx).await?;
    let received = store::assignments::received(&mut tx, from, to).await?;
    let shares: Vec<RepShare> = received.into_iter().filter_map(|received| share(received, &reps)).collect();
    Ok(Distribution {
        from,
        to,
        assigned_by_rule: shares.iter().map(|share| share.by_rule).sum(),
        largest_deviation: shares.iter().map(|share| share.deviation.abs()).fold(0.0, f64::max),
        reps: shares,
    })
}

fn share(received: Received, reps: &[Rep]) -> Option<RepShare> {
    let rep = reps.iter().find(|rep| rep.person_id == received.rep_id)?;
    Some(RepShare {
        person_id: rep.person_id,
        name: rep.name.clone(),
        org: rep.org.to_string(),
        by_rule: received.by_rule,
        manual: received.manual,
        other: received.other,
        recalled: received.lost,
        open: rep.open_count,
        fair_share: received.expected,
        deviation: received.by_rule as f64 - received.expected,
    })
}
