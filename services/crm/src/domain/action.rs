//! The five action types, the field that each alone has, and when an action counts as done.

use authz::{Resource, ResourceKind};
use chrono::{DateTime, Duration, Utc};
use kernel::{OrgPath, TenantId, Text, choices};
use uuid::Uuid;

/// Two actions of one person cannot be closer than this.
pub const SHORTEST_GAP_MINUTES: i64 = 30;

choices! {
    /// What a rep does with a customer.
    ActionKind {
        /// 预约拜访
        Appointment = "appointment",
        /// 需求诊断
        NeedsDiagnosis = "needs_diagnosis",
        /// 方案演示
        Demonstration = "demonstration",
        /// 异议处理
        ObjectionHandling = "objection_handling",
        /// 报价确认
        QuoteConfirmation = "quote_confirmation",
    }
}

impl ActionKind {
    /// The name of the field that a finished action of this kind must fill.
    pub fn own_field(self) -> &'static str {
        match self {
            Self::Appointment => "agreed_place",
            Self::NeedsDiagnosis => "pain",
            Self::Demonstration => "shown_solution",
            Self::ObjectionHandling => "objection",
            Self::QuoteConfirmation => "quote_id",
        }
    }
}

/// One action, planned or done.
#[derive(Clone, Debug)]
pub struct SalesAction {
    pub id: Uuid,
    pub tenant: TenantId,
    pub opportunity: Uuid,
    pub customer: Uuid,
    pub kind: ActionKind,
    pub planned_at: DateTime<Utc>,
    pub purpose: String,
    pub done: Option<Done>,
    pub org: OrgPath,
    pub rep: Uuid,
    pub version: i64,
    pub created_at: DateTime<Utc>,
}

/// What was handed in when the action was finished.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    pub at: DateTime<Utc>,
    /// The value of the kind's own field.
    pub own_value: String,
    pub recording_id: Option<String>,
    pub summary: Option<String>,
    pub linked_communication: String,
    pub next_step: String,
    pub next_step_at: DateTime<Utc>,
}

impl SalesAction {
    pub fn resource(&self) -> Resource {
        Resource::owned(ResourceKind::SalesAction, self.tenant, self.org.clone(), self.rep)
    }
}

/// Why an action cannot have been done then.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotDone {
    #[error("the action would end in the future")]
    InFuture,
    #[error("the action is {minutes} minutes from another one at {other}")]
    TooClose { other: DateTime<Utc>, minutes: i64 },
}

impl NotDone {
    pub fn explained(&self) -> Text {
        match self {
            Self::InFuture => Text::new("完成时间不能晚于现在", "must not be later than now"),
            Self::TooClose { minutes, .. } => Text::new(
                format!("与本人另一动作只相隔 {minutes} 分钟，至少需要 {SHORTEST_GAP_MINUTES} 分钟"),
                format!("is {minutes} minutes from your other action; {SHORTEST_GAP_MINUTES} are needed"),
            ),
        }
    }
}

/// Judges a time of completion against the clock and the same person's other actions near it.
pub fn done_at(at: DateTime<Utc>, now: DateTime<Utc>, others: &[DateTime<Utc>]) -> Result<(), NotDone> {
    if at > now {
        return Err(NotDone::InFuture);
    }
    let gap = |other: &DateTime<Utc>| (at - *other).abs();
    match others.iter().min_by_key(|other| gap(other)) {
        Some(other) if gap(other) < Duration::minutes(SHORTEST_GAP_MINUTES) => {
            Err(NotDone::TooClose { other: *other, minutes: gap(other).num_minutes() })
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(minute: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + Duration::minutes(minute)
    }

    #[test]
    fn exactly_half_an_hour_is_enough_and_less_is_not() {
        assert_eq!(done_at(at(30), at(30), &[at(0)]), Ok(()));
        assert_eq!(done_at(at(10), at(30), &[at(0)]), Err(NotDone::TooClose { other: at(0), minutes: 10 }));
        assert_eq!(done_at(at(31), at(30), &[]), Err(NotDone::InFuture));
    }

    #[test]
    fn an_action_reported_late_keeps_its_distance_to_later_ones() {
        assert_eq!(done_at(at(40), at(100), &[at(60)]), Err(NotDone::TooClose { other: at(60), minutes: 20 }));
    }

    proptest! {
        #[test]
        fn accepted_actions_never_overlap(minutes in proptest::collection::vec(0_i64..600, 1..40)) {
            let mut done: Vec<DateTime<Utc>> = Vec::new();
            for minute in minutes {
                if done_at(at(minute), at(600), &done).is_ok() {
                    done.push(at(minute));
                }
            }
            done.sort();
            prop_assert!(done.windows(2).all(|pair| pair[1] - pair[0] >= Duration::minutes(SHORTEST_GAP_MINUTES)));
        }
    }
}
