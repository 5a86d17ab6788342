//! States one of the three budgets; freezes the opportunity while they disagree.

use authz::Action;
use contracts::crm::v1::{OpportunityBudgetStated, OpportunityFrozen, OpportunityUnfrozen};
use journal::{Caller, Entry, Write};
use kernel::{Money, Text};
use serde::Deserialize;
use uuid::Uuid;

use super::move_opportunity::refuse_ended;
use super::opportunity_view::{OpportunityView, opportunity_view};
use crate::app::State;
use crate::domain::budgets::{BudgetKind, Budgets, Disagreement, Range, Stated};
use crate::domain::fields::{Fields, some};
use crate::domain::opportunity::Opportunity;
use crate::error::CrmError;
use crate::store;

/// A range of money, and what it rests on.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BudgetInput {
    pub low: Option<Money>,
    pub high: Option<Money>,
    /// Why it is this much.
    pub basis: Option<String>,
}

#[tracing::instrument(name = "crm.state_budget", skip_all, fields(opportunity = %id, kind = %kind))]
pub async fn state_budget(
    state: &State,
    caller: &Caller,
    (id, kind): (Uuid, BudgetKind),
    input: BudgetInput,
) -> Result<OpportunityView, CrmError> {
    let (range, basis) = checked(&input)?;
    let mut write = state.journal.begin(caller).await?;
    let now = write.now();
    let mut opportunity = store::opportunities::lock(write.db(), id).await?.ok_or(CrmError::OpportunityNotFound)?;
    authz::check(&caller.principal, now, action_for(kind), &opportunity.resource())?;
    refuse_ended(state, write.db(), &opportunity).await?;
    let stated = Stated { kind, range, by: caller.principal.id, at: now };
    store::budgets::put(write.db(), opportunity.tenant, id, &stated).await?;
    record_stated(&mut write, &mut opportunity, &stated, basis)?;
    freeze_or_thaw(&mut write, &mut opportunity).await?;
    store::opportunities::save(write.db(), &opportunity, now).await?;
    let view = opportunity_view(state, write.db(), &caller.principal, opportunity).await?;
    Ok(write.commit(view).await?)
}

fn checked(input: &BudgetInput) -> Result<(Range, Option<String>), CrmError> {
    let mut fields = Fields::default();
    let low = fields.present("low", input.low);
    let high = fields.present("high", input.high);
    let basis = some(fields.optional("basis", input.basis.as_deref(), 500));
    let range = low.zip(high).map(|(low, high)| Range::new(low, high));
    match range {
        Some(Ok(range)) => {
            fields.into_errors()?;
            Ok((range, basis))
        }
        Some(Err(wrong)) => Err(CrmError::Invalid(wrong)),
        None => Err(CrmError::Invalid(fields.into_errors().err().unwrap_or_default())),
    }
}

fn action_for(kind: BudgetKind) -> Action {
    match kind {
        BudgetKind::CustomerStated => Action::OpportunityStateBudget,
        BudgetKind::CostFloor => Action::OpportunitySetCostFloor,
        BudgetKind::AuthorisedRange => Action::OpportunityAuthoriseRange,
    }
}

fn record_stated(
    write: &mut Write,
    opportunity: &mut Opportunity,
    stated: &Stated,
    basis: Option<String>,
) -> Result<(), CrmError> {
    let event = OpportunityBudgetStated {
        opportunity_id: opportunity.id.to_string(),
        kind: stated.kind.to_string(),
        low: Some(stated.range.low.into()),
        high: Some(stated.range.high.into()),
    };
    let entry = Entry::new(&event, opportunity.id, opportunity.next_version())?;
    write.record(match basis {
        Some(basis) => entry.why(basis),
        None => entry,
    });
    Ok(())
}

async fn freeze_or_thaw(write: &mut Write, opportunity: &mut Opportunity) -> Result<(), CrmError> {
    let stated = store::budgets::of_opportunity(write.db(), opportunity.id).await?;
    let disagreements = Budgets::of(&stated).disagreements();
    let people: Vec<String> = stated.iter().map(|one| one.by.to_string()).collect();
    match (opportunity.frozen, disagreements.is_empty()) {
        (false, false) => record_frozen(write, opportunity, people, &disagreements),
        (true, true) => record_unfrozen(write, opportunity, people),
        _ => Ok(()),
    }
}

fn record_frozen(
    write: &mut Write,
    opportunity: &mut Opportunity,
    people: Vec<String>,
    disagreements: &[Disagreement],
) -> Result<(), CrmError> {
    opportunity.frozen = true;
    let reasons: Vec<Text> = disagreements.iter().map(|one| one.explained().reason).collect();
    let event = OpportunityFrozen {
        opportunity_id: opportunity.id.to_string(),
        customer_id: opportunity.customer.to_string(),
        owner_id: opportunity.owner.to_string(),
        org: opportunity.org.to_string(),
        disagreements: reasons.iter().cloned().map(Into::into).collect(),
        people,
    };
    let entry = Entry::new(&event, opportunity.id, opportunity.next_version())?;
    write.record(entry.change("open", "frozen").why(Text::joined(&reasons)));
    Ok(())
}

fn record_unfrozen(write: &mut Write, opportunity: &mut Opportunity, people: Vec<String>) -> Result<(), CrmError> {
    opportunity.frozen = false;
    let event = OpportunityUnfrozen {
        opportunity_id: opportunity.id.to_string(),
        customer_id: opportunity.customer.to_string(),
        owner_id: opportunity.owner.to_string(),
        org: opportunity.org.to_string(),
        people,
    };
    let agreed = Text::new("三本预算已一致", "the three budgets agree");
    let entry = Entry::new(&event, opportunity.id, opportunity.next_version())?;
    write.record(entry.change("frozen", "open").why(agreed));
    Ok(())
}
