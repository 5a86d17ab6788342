//! An opportunity as clients see it, with what its next moves still miss.

use chrono::{DateTime, Utc};
use custom_fields::Values;
use kernel::{Evidence, FieldError, Money, Principal, Text};
use process::Definition;
use process::gate::{self, Attempt};
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use uuid::Uuid;

use super::show_history::may_see_cost;
use super::suggestion_view::Suggestions;
use crate::app::State;
use crate::domain::budgets::{BudgetKind, Budgets, Disagreement, Stated};
use crate::domain::decision_chain::DecisionRole;
use crate::domain::key_moment::KeyMoment;
use crate::domain::opportunity::{Dossier, NextStep, Opportunity, PROCESS, SentQuote};
use crate::error::CrmError;
use crate::store;

/// An opportunity in a list.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct OpportunityLine {
    pub id: Uuid,
    pub customer_id: Uuid,
    pub lead_id: Option<Uuid>,
    pub subject: String,
    pub stage: String,
    pub stage_since: DateTime<Utc>,
    /// The version of the process definition that judged the last move.
    pub definition_version: i32,
    pub next_action: Option<NextStep>,
    /// True while the three budgets disagree.
    pub frozen: bool,
    pub decision_chain: Vec<DecisionRole>,
    pub pain: Option<String>,
    /// Whom the customer compares us with.
    pub competitors: Vec<String>,
    pub custom: Values,
    pub lost_reason: Option<String>,
    pub planned_signing_at: Option<DateTime<Utc>>,
    pub delivery_locked_at: Option<DateTime<Utc>>,
    pub contract_id: Option<Uuid>,
    pub owner_id: Uuid,
    pub org: String,
    pub version: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// An opportunity with everything that belongs to it.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct OpportunityView {
    #[serde(flatten)]
    pub opportunity: OpportunityLine,
    pub stage_explained: StageView,
    pub budgets: Vec<BudgetView>,
    /// Why it is frozen.
    pub disagreements: Vec<FieldError>,
    pub evidence: Vec<Evidence>,
    pub quotes: Vec<SentQuote>,
    pub key_moments: Vec<KeyMoment>,
}

/// An opportunity as it was just changed, with what helps now.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct OpportunityAnswer {
    #[serde(flatten)]
    pub opportunity: OpportunityView,
    /// Only where a pain point or a competitor was entered.
    pub suggestions: Option<Suggestions>,
}

/// The stage under the definition in force, and the moves it allows.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct StageView {
    pub id: String,
    pub title: Text,
    pub definition: String,
    pub definition_version: u32,
    pub moves: Vec<MoveView>,
}

/// One move, and everything it still misses.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct MoveView {
    pub to: String,
    pub title: Text,
    pub missing: Vec<FieldError>,
}

/// One budget; without amounts where the caller may not see what things cost.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct BudgetView {
    pub kind: BudgetKind,
    pub low: Option<Money>,
    pub high: Option<Money>,
    pub stated_by: Uuid,
    pub stated_at: DateTime<Utc>,
}

impl From<Opportunity> for OpportunityLine {
    fn from(opportunity: Opportunity) -> Self {
        Self {
            id: opportunity.id,
            customer_id: opportunity.customer,
            lead_id: opportunity.lead,
            subject: opportunity.subject,
            stage: opportunity.stage,
            stage_since: opportunity.stage_since,
            definition_version: opportunity.definition_version,
            next_action: opportunity.next_action,
            frozen: opportunity.frozen,
            decision_chain: opportunity.decision_chain,
            pain: opportunity.pain,
            competitors: opportunity.competitors,
            custom: opportunity.custom,
            lost_reason: opportunity.lost_reason,
            planned_signing_at: opportunity.planned_signing_at,
            delivery_locked_at: opportunity.delivery_locked_at,
            contract_id: opportunity.contract,
            owner_id: opportunity.owner,
            org: opportunity.org.into(),
            version: opportunity.version,
            created_at: opportunity.created_at,
            updated_at: opportunity.updated_at,
        }
    }
}

/// Builds the view for `viewer` from inside a transaction.
pub async fn opportunity_view(
    state: &State,
    db: &mut PgConnection,
    viewer: &Principal,
    opportunity: Opportunity,
) -> Result<OpportunityView, CrmError> {
    let definition = state.definitions.current(db, opportunity.tenant, PROCESS).await?;
    let dossier = store::opportunities::dossier(db, opportunity.id).await?;
    let key_moments = store::key_moments::of_opportunity(db, opportunity.id).await?;
    let sees_cost = may_see_cost(viewer, state.clock.now());
    Ok(OpportunityView {
        stage_explained: stage_view(&definition, &opportunity, &dossier),
        budgets: dossier.budgets.iter().map(|stated| budget_view(stated, sees_cost)).collect(),
        disagreements: Budgets::of(&dossier.budgets).disagreements().into_iter().map(Disagreement::explained).collect(),
        evidence: dossier.evidence,
        quotes: dossier.quotes,
        key_moments,
        opportunity: opportunity.into(),
    })
}

fn stage_view(definition: &Definition, opportunity: &Opportunity, dossier: &Dossier) -> StageView {
    let title = |stage: &str| definition.stage(stage).map_or_else(|| Text::new(stage, stage), |one| one.title.clone());
    let facts = opportunity.facts(dossier, None);
    let missing = |to: &str| {
        let attempt = Attempt { from: &opportunity.stage, to, facts: &facts, evidence: &dossier.evidence };
        gate::pass_without_approvals(definition, attempt).err().map_or_else(Vec::new, |closed| closed.missing)
    };
    let moves = definition.transitions_from(&opportunity.stage);
    StageView {
        id: opportunity.stage.clone(),
        title: title(&opportunity.stage),
        definition: definition.name.clone(),
        definition_version: definition.version,
        moves: moves
            .map(|one| MoveView { to: one.to.clone(), title: title(&one.to), missing: missing(&one.to) })
            .collect(),
    }
}

fn budget_view(stated: &Stated, sees_cost: bool) -> BudgetView {
    let shown = (sees_cost || stated.kind != BudgetKind::CostFloor).then_some(stated.range);
    BudgetView {
        kind: stated.kind,
        low: shown.map(|range| range.low),
        high: shown.map(|range| range.high),
        stated_by: stated.by,
        stated_at: stated.at,
    }
}
