//! A visit to a customer.

use authz::{Resource, ResourceKind};
use chrono::{DateTime, NaiveDate, Utc};
use custom_fields::Values;
use kernel::{OrgPath, TenantId};
use uuid::Uuid;

use super::conclusion::{Conclusion, ConclusionKind};
use super::decision_chain::DecisionRole;
use super::draft::Draft;

/// One visit as it was recorded, and what was confirmed about it since.
#[derive(Clone, Debug)]
pub struct Visit {
    pub id: Uuid,
    pub tenant: TenantId,
    pub customer: Uuid,
    pub opportunity: Option<Uuid>,
    pub client_id: Option<String>,
    pub decision_chain: Vec<DecisionRole>,
    pub note: Option<String>,
    pub recording_id: Option<String>,
    /// What has become of the recording, if there is one.
    pub draft: Option<Draft>,
    pub pain: Option<String>,
    pub competitor: Option<String>,
    pub next_step: String,
    pub next_step_at: DateTime<Utc>,
    pub visited_at: DateTime<Utc>,
    pub custom: Values,
    pub org: OrgPath,
    pub rep: Uuid,
    pub version: i64,
    pub created_at: DateTime<Utc>,
}

impl Visit {
    /// The version of the next event.
    pub fn next_version(&mut self) -> i64 {
        self.version += 1;
        self.version
    }

    /// Takes in a confirmed conclusion. What the rep has written already stays; a next step is the latest one.
    pub fn conclude(&mut self, conclusion: &Conclusion) {
        match conclusion.kind {
            ConclusionKind::Need => _ = self.pain.get_or_insert_with(|| conclusion.text.clone()),
            ConclusionKind::Competitor => _ = self.competitor.get_or_insert_with(|| conclusion.text.clone()),
            ConclusionKind::NextStep => {
                self.next_step.clone_from(&conclusion.text);
                let at = conclusion.date.and_then(morning_of).filter(|at| *at > self.visited_at);
                self.next_step_at = at.unwrap_or(self.next_step_at);
            }
            ConclusionKind::Amount | ConclusionKind::Date => {}
        }
    }

    pub fn resource(&self) -> Resource {
        Resource::owned(ResourceKind::Visit, self.tenant, self.org.clone(), self.rep)
    }

    /// Its recording, as far as a decision about hearing it depends on it.
    pub fn recording(&self) -> Resource {
        Resource::owned(ResourceKind::Recording, self.tenant, self.org.clone(), self.rep)
    }
}

/// Nine o'clock in China, where a date means the working day.
fn morning_of(day: NaiveDate) -> Option<DateTime<Utc>> {
    day.and_hms_opt(1, 0, 0).map(|at| at.and_utc())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn visit() -> Visit {
        Visit {
            id: Uuid::nil(),
            tenant: TenantId(Uuid::nil()),
            customer: Uuid::nil(),
            opportunity: None,
            client_id: None,
            decision_chain: Vec::new(),
            note: None,
            recording_id: None,
            draft: None,
            pain: Some("换型停机久".into()),
            competitor: None,
            next_step: "再联系".into(),
            next_step_at: DateTime::UNIX_EPOCH + chrono::Duration::days(3),
            visited_at: DateTime::UNIX_EPOCH,
            custom: Values::default(),
            org: OrgPath::root(),
            rep: Uuid::nil(),
            version: 1,
            created_at: DateTime::UNIX_EPOCH,
        }
    }

    fn heard(kind: ConclusionKind, text: &str, date: Option<NaiveDate>) -> Conclusion {
        let confirmed_at = DateTime::UNIX_EPOCH;
        Conclusion { id: Uuid::nil(), kind, text: text.into(), amount: None, date, confirmed_at }
    }

    #[test]
    fn what_the_rep_wrote_stays_and_what_is_missing_is_filled() {
        let mut visit = visit();
        visit.conclude(&heard(ConclusionKind::Need, "节拍不够", None));
        visit.conclude(&heard(ConclusionKind::Competitor, "甲厂", None));
        assert_eq!((visit.pain.as_deref(), visit.competitor.as_deref()), (Some("换型停机久"), Some("甲厂")));
    }

    #[test]
    fn a_next_step_without_a_later_date_keeps_the_time_it_had() {
        let mut visit = visit();
        let before = visit.next_step_at;
        visit.conclude(&heard(ConclusionKind::NextStep, "寄样品", NaiveDate::from_ymd_opt(1969, 12, 1)));
        assert_eq!((visit.next_step.as_str(), visit.next_step_at), ("寄样品", before));
        visit.conclude(&heard(ConclusionKind::NextStep, "带样机", NaiveDate::from_ymd_opt(1970, 1, 9)));
        assert_eq!(visit.next_step_at.to_rfc3339(), "1970-01-09T01:00:00+00:00");
    }
}
