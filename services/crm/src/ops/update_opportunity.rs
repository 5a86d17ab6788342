//! Changes what is known of an opportunity: subject, decision chain, pain, competitors, signing plan.

use authz::Action;
use chrono::{DateTime, Duration, Utc};
use contracts::crm::v1::OpportunityChanged;
use custom_fields::{Resource, Values, changed_values};
use journal::{Caller, Entry, Write};
use runtime::http::IfMatch;
use serde::Deserialize;
use uuid::Uuid;

use super::key_moments::{self, NewMoment};
use super::move_opportunity::refuse_ended;
use super::opportunity_view::{OpportunityAnswer, opportunity_view};
use super::suggestions::{Entered, suggestions};
use crate::app::State;
use crate::domain::decision_chain::{DecisionRole, is_identified, merged};
use crate::domain::fields::Fields;
use crate::domain::key_moment::{DECISION_CHAIN_IDENTIFIED, DELIVERY_LOCKED, PAIN_CONFIRMED};
use crate::domain::opportunity::Opportunity;
use crate::error::CrmError;
use crate::store;

const MOST_COMPETITORS: usize = 5;

/// The fields that change; those not given stay.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OpportunityChange {
    pub subject: Option<String>,
    /// Replaces what is known.
    pub decision_chain: Option<Vec<DecisionRole>>,
    pub pain: Option<String>,
    /// Replaces what is known.
    pub competitors: Option<Vec<String>>,
    pub planned_signing_at: Option<DateTime<Utc>>,
    /// When delivery resources were locked for it; not in the future.
    pub delivery_locked_at: Option<DateTime<Utc>>,
    #[serde(default)]
    pub custom: Values,
}

#[tracing::instrument(name = "crm.update_opportunity", skip_all, fields(opportunity = %id))]
pub async fn update_opportunity(
    state: &State,
    caller: &Caller,
    id: Uuid,
    seen: IfMatch,
    input: OpportunityChange,
) -> Result<OpportunityAnswer, CrmError> {
    let suggestions = suggestions(state, caller, entered(id, &input)).await?;
    let mut write = state.journal.begin(caller).await?;
    let now = write.now();
    let mut opportunity = store::opportunities::lock(write.db(), id).await?.ok_or(CrmError::OpportunityNotFound)?;
    authz::check(&caller.principal, now, Action::OpportunityUpdate, &opportunity.resource())?;
    seen.check(opportunity.version)?;
    refuse_ended(state, write.db(), &opportunity).await?;
    let custom = changed_values(write.db(), Resource::Opportunity, &opportunity.custom, input.custom.clone()).await?;
    let custom_changed = custom.different_from(&opportunity.custom);
    let mut changed = applied(&mut opportunity, input, now)?;
    changed.extend(custom_changed.iter().map(String::as_str));
    opportunity.custom = custom;
    if !changed.is_empty() {
        let entry = changed_entry(&mut opportunity, &changed)?;
        write.record(entry);
        store::opportunities::save(write.db(), &opportunity, now).await?;
        follow_up(state, &mut write, &opportunity, &changed).await?;
    }
    let opportunity = opportunity_view(state, write.db(), &caller.principal, opportunity).await?;
    Ok(write.commit(OpportunityAnswer { opportunity, suggestions }).await?)
}

fn entered(id: Uuid, input: &OpportunityChange) -> Entered {
    let competitors = input.competitors.clone().unwrap_or_default();
    Entered { pain: input.pain.clone(), competitors, opportunity: Some(id), customer: None }
}

/// Applies what was given; answers the names of the fields that are different now.
fn applied(
    opportunity: &mut Opportunity,
    input: OpportunityChange,
    now: DateTime<Utc>,
) -> Result<Vec<&'static str>, CrmError> {
    let mut fields = Fields::default();
    let before = opportunity.clone();
    if let Some(subject) = input.subject {
        opportunity.subject = fields.required("subject", Some(&subject), 200);
    }
    if let Some(chain) = input.decision_chain {
        opportunity.decision_chain = merged(&[], &chain);
    }
    if let Some(pain) = input.pain {
        opportunity.pain = Some(fields.required("pain", Some(&pain), 1_000));
    }
    if let Some(competitors) = input.competitors {
        opportunity.competitors = fields.texts("competitors", &competitors, MOST_COMPETITORS, 100);
    }
    if let Some(at) = input.planned_signing_at {
        opportunity.planned_signing_at = fields.in_future("planned_signing_at", Some(at), now);
    }
    if let Some(at) = input.delivery_locked_at {
        if at > now {
            fields.wrong(
                "delivery_locked_at",
                "in_future",
                kernel::Text::new("不能晚于现在", "must not be later than now"),
            );
        }
        opportunity.delivery_locked_at = Some(at);
    }
    fields.into_errors()?;
    let different = [
        ("subject", before.subject != opportunity.subject),
        ("decision_chain", before.decision_chain != opportunity.decision_chain),
        ("pain", before.pain != opportunity.pain),
        ("competitors", before.competitors != opportunity.competitors),
        ("planned_signing_at", before.planned_signing_at != opportunity.planned_signing_at),
        ("delivery_locked_at", before.delivery_locked_at != opportunity.delivery_locked_at),
    ];
    Ok(different.into_iter().filter(|(_, different)| *different).map(|(name, _)| name).collect())
}

/// What the change means for the key moments.
async fn follow_up(
    state: &State,
    write: &mut Write,
    opportunity: &Opportunity,
    changed: &[&str],
) -> Result<(), CrmError> {
    let (id, now) = (opportunity.id, write.now());
    if changed.contains(&"decision_chain") && is_identified(&opportunity.decision_chain) {
        store::key_moments::meet(write.db(), id, DECISION_CHAIN_IDENTIFIED, now).await?;
    }
    if changed.contains(&"pain") {
        store::key_moments::meet(write.db(), id, PAIN_CONFIRMED, now).await?;
    }
    if changed.contains(&"planned_signing_at") {
        plan_signing(state, write, opportunity).await?;
    }
    if opportunity.delivery_locked_at.is_some() {
        store::key_moments::meet(write.db(), id, DELIVERY_LOCKED, now).await?;
    }
    Ok(())
}

async fn plan_signing(state: &State, write: &mut Write, opportunity: &Opportunity) -> Result<(), CrmError> {
    let Some(signing_at) = opportunity.planned_signing_at else { return Ok(()) };
    store::key_moments::drop_open(write.db(), opportunity.id, DELIVERY_LOCKED).await?;
    let moment = NewMoment {
        tenant: opportunity.tenant,
        opportunity: opportunity.id,
        moment: DELIVERY_LOCKED,
        started_at: write.now(),
        due_at: Some(signing_at - Duration::hours(state.config.key_moments.delivery_locked_hours)),
        stage: None,
        tell: vec!["sales_rep".to_owned(), "delivery_manager".to_owned()],
    };
    key_moments::start(write, moment).await
}

/// The event that some of an opportunity's fields changed.
pub fn changed_entry(opportunity: &mut Opportunity, fields: &[&str]) -> Result<Entry, CrmError> {
    let event = OpportunityChanged {
        opportunity_id: opportunity.id.to_string(),
        customer_id: opportunity.customer.to_string(),
        fields: fields.iter().map(|field| (*field).to_owned()).collect(),
        owner_id: opportunity.owner.to_string(),
        org: opportunity.org.to_string(),
    };
    Ok(Entry::new(&event, opportunity.id, opportunity.next_version())?)
}
