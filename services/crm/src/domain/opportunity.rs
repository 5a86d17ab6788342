//! An opportunity, and the facts its gates look at.

use authz::{Resource, ResourceKind};
use chrono::{DateTime, Utc};
use custom_fields::Values;
use kernel::{Evidence, OrgPath, Role, TenantId, Text};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use uuid::Uuid;

use super::budgets::{BudgetKind, Budgets, Range, Stated};
use super::decision_chain::{DecisionRole, is_identified, merged};
use kernel::choice::names;

/// The name of the process definition.
pub const PROCESS: &str = "opportunity";
pub const WON: &str = "won";
pub const LOST: &str = "lost";
/// The evidence that only a signature brings.
pub const SIGNED_CONTRACT: &str = "signed_contract";

/// What somebody does next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct NextStep {
    pub id: String,
    pub title: Text,
    pub role: Role,
}

/// One opportunity with everything its own row holds.
#[derive(Clone, Debug)]
pub struct Opportunity {
    pub id: Uuid,
    pub tenant: TenantId,
    pub customer: Uuid,
    pub lead: Option<Uuid>,
    pub subject: String,
    pub stage: String,
    pub stage_since: DateTime<Utc>,
    pub definition_version: i32,
    pub next_action: Option<NextStep>,
    pub frozen: bool,
    pub decision_chain: Vec<DecisionRole>,
    pub pain: Option<String>,
    /// Whom the customer compares us with.
    pub competitors: Vec<String>,
    pub custom: Values,
    pub lost_reason: Option<String>,
    pub planned_signing_at: Option<DateTime<Utc>>,
    pub delivery_locked_at: Option<DateTime<Utc>>,
    pub contract: Option<Uuid>,
    pub org: OrgPath,
    pub owner: Uuid,
    pub version: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// A quote the customer has been sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct SentQuote {
    pub quote_id: Uuid,
    pub number: String,
    pub pdf_sha256: String,
    pub valid_until: Option<DateTime<Utc>>,
    pub sent_at: DateTime<Utc>,
}

/// What belongs to an opportunity beside its own row.
#[derive(Clone, Debug, Default)]
pub struct Dossier {
    pub budgets: Vec<Stated>,
    pub evidence: Vec<Evidence>,
    pub quotes: Vec<SentQuote>,
}

impl Opportunity {
    /// The version of the next event.
    pub fn next_version(&mut self) -> i64 {
        self.version += 1;
        self.version
    }

    pub fn resource(&self) -> Resource {
        Resource::owned(ResourceKind::Opportunity, self.tenant, self.org.clone(), self.owner)
    }

    /// Takes in what somebody learned; answers the names of the fields that are different now.
    pub fn learn(&mut self, met: &[DecisionRole], pain: Option<&str>, competitor: Option<&str>) -> Vec<&'static str> {
        let mut changed = Vec::new();
        let chain = merged(&self.decision_chain, met);
        if chain != self.decision_chain {
            self.decision_chain = chain;
            changed.push("decision_chain");
        }
        if let Some(pain) = pain
            && self.pain.as_deref() != Some(pain)
        {
            self.pain = Some(pain.to_owned());
            changed.push("pain");
        }
        if let Some(competitor) = competitor
            && !self.competitors.iter().any(|known| known == competitor)
        {
            self.competitors.push(competitor.to_owned());
            changed.push("competitors");
        }
        changed
    }

    /// The record as the process definition's conditions read it.
    pub fn facts(&self, dossier: &Dossier, reason: Option<&str>) -> Value {
        let budgets = Budgets::of(&dossier.budgets);
        let chain = if is_identified(&self.decision_chain) { self.decision_chain.as_slice() } else { &[] };
        let quotes: Vec<_> = dossier.quotes.iter().map(|quote| quote.number.as_str()).collect();
        json!({
            "decision_chain": names(chain, DecisionRole::as_str),
            "pain": self.pain,
            "budgets": {
                BudgetKind::CustomerStated.as_str(): amounts(budgets.customer_stated),
                BudgetKind::CostFloor.as_str(): amounts(budgets.cost_floor),
                BudgetKind::AuthorisedRange.as_str(): amounts(budgets.authorised_range),
                "disagreements": budgets.disagreements().len(),
            },
            "quotes": quotes,
            "contract": self.contract,
            "custom": self.custom,
            "reason": reason,
        })
    }
}

fn amounts(range: Option<Range>) -> Value {
    range.map_or(Value::Null, |range| json!({ "low": range.low.minor, "high": range.high.minor }))
}

#[cfg(test)]
mod tests {
    use kernel::Money;
    use process::gate::{self, Attempt};
    use process::{Closed, Definition};

    use super::*;

    fn definition() -> Definition {
        Definition::parse(include_str!("../../process/opportunity.yaml")).expect("a valid definition")
    }

    fn opportunity(stage: &str) -> Opportunity {
        Opportunity {
            id: Uuid::nil(),
            tenant: TenantId(Uuid::nil()),
            customer: Uuid::nil(),
            lead: None,
            subject: "数控磨床改造".into(),
            stage: stage.into(),
            stage_since: DateTime::UNIX_EPOCH,
            definition_version: 1,
            next_action: None,
            frozen: false,
            decision_chain: vec![DecisionRole::Unknown],
            pain: None,
            competitors: Vec::new(),
            custom: Values::default(),
            lost_reason: None,
            planned_signing_at: None,
            delivery_locked_at: None,
            contract: None,
            org: OrgPath::root(),
            owner: Uuid::nil(),
            version: 1,
            created_at: DateTime::UNIX_EPOCH,
            updated_at: DateTime::UNIX_EPOCH,
        }
    }

    fn stated(kind: BudgetKind) -> Stated {
        let range = Range { low: Money::cny(100), high: Money::cny(200) };
        Stated { kind, range, by: Uuid::nil(), at: DateTime::UNIX_EPOCH }
    }

    fn missing(opportunity: &Opportunity, to: &str, dossier: &Dossier, reason: Option<&str>) -> Vec<String> {
        let facts = opportunity.facts(dossier, reason);
        let attempt = Attempt { from: &opportunity.stage, to, facts: &facts, evidence: &dossier.evidence };
        let closed = gate::pass(&definition(), attempt).err();
        closed.map_or_else(Vec::new, |Closed { missing, .. }| missing.into_iter().map(|one| one.field).collect())
    }

    #[test]
    fn what_is_known_already_changes_nothing() {
        let mut record = opportunity("needs");
        let changed = record.learn(&[DecisionRole::Finance], Some("换型停机久"), Some("甲厂"));
        assert_eq!(changed, ["decision_chain", "pain", "competitors"]);
        assert!(record.learn(&[DecisionRole::Unknown], Some("换型停机久"), Some("甲厂")).is_empty());
        assert_eq!(record.learn(&[], None, Some("乙厂")), ["competitors"]);
        assert_eq!(record.competitors, ["甲厂", "乙厂"]);
    }

    #[test]
    fn needs_asks_for_somebody_who_decides() {
        let mut record = opportunity("first_contact");
        assert_eq!(missing(&record, "needs", &Dossier::default(), None), ["decision_chain"]);
        record.decision_chain = vec![DecisionRole::Purchasing];
        assert_eq!(missing(&record, "needs", &Dossier::default(), None), Vec::<String>::new());
    }

    #[test]
    fn a_quote_asks_for_the_scan_and_three_budgets_that_agree() {
        let record = opportunity("needs");
        let names =
            ["budgets.customer_stated", "budgets.cost_floor", "budgets.authorised_range", "technical_confirmation"];
        assert_eq!(missing(&record, "proposal_quote", &Dossier::default(), None), names);
        let mut dossier =
            Dossier { budgets: BudgetKind::ALL.iter().map(|kind| stated(*kind)).collect(), ..Dossier::default() };
        dossier.budgets[2].range = Range { low: Money::cny(900), high: Money::cny(901) };
        let (kind, name) = (kernel::EvidenceKind::File, "technical_confirmation".to_owned());
        dossier.evidence.push(Evidence { kind, name, reference: "files/1".into(), sha256: None });
        assert_eq!(missing(&record, "proposal_quote", &dossier, None), ["budgets_agree"]);
        dossier.budgets[2].range = dossier.budgets[0].range;
        assert_eq!(missing(&record, "proposal_quote", &dossier, None), Vec::<String>::new());
    }

    #[test]
    fn only_a_signed_contract_wins_and_losing_needs_a_reason() {
        let mut record = opportunity("negotiation");
        assert_eq!(missing(&record, WON, &Dossier::default(), Some("客户口头答应")), ["contract", SIGNED_CONTRACT]);
        assert_eq!(missing(&record, LOST, &Dossier::default(), None), ["reason"]);
        record.contract = Some(Uuid::nil());
        assert_eq!(missing(&record, WON, &Dossier::default(), None), [SIGNED_CONTRACT]);
    }
}
