//! The moments of an opportunity that must not be missed, with the time they have.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// 首次接触识别决策链: met or missed by the first visit.
pub const DECISION_CHAIN_IDENTIFIED: &str = "decision_chain_identified";
/// 演示后确认痛点
pub const PAIN_CONFIRMED: &str = "pain_confirmed";
/// 报价后启动异议处理
pub const OBJECTION_HANDLING_STARTED: &str = "objection_handling_started";
/// 签约前锁定交付资源
pub const DELIVERY_LOCKED: &str = "delivery_locked";

/// How many hours each moment has.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeyMomentRules {
    /// After a demonstration.
    pub pain_confirmed_hours: i64,
    /// After a quote was sent.
    pub objection_handling_hours: i64,
    /// Before the planned signing.
    pub delivery_locked_hours: i64,
}

/// One moment: one of the four above, or a deadline of the process definition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct KeyMoment {
    pub id: Uuid,
    pub moment: String,
    pub started_at: DateTime<Utc>,
    /// Missing while no time runs.
    pub due_at: Option<DateTime<Utc>>,
    pub met_at: Option<DateTime<Utc>>,
    pub missed_at: Option<DateTime<Utc>>,
    /// Leaving this stage meets it.
    #[serde(skip)]
    #[schema(ignore)]
    pub stage: Option<String>,
    /// Roles to tell when it is missed.
    #[serde(skip)]
    #[schema(ignore)]
    pub tell: Vec<String>,
}

impl KeyMoment {
    /// Neither met nor missed.
    pub fn is_open(&self) -> bool {
        self.met_at.is_none() && self.missed_at.is_none()
    }
}
