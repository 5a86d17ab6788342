//! Opens a lead for a customer who is due to buy again. The customer's own rep keeps the customer.

use contracts::crm::v1::RepurchaseDue;
use journal::{Caller, Write};
use kernel::{Money, OrgPath, Text};
use uuid::Uuid;

use super::ownership::{self, Handover};
use super::place::{Patience, place};
use super::{rulebook, take_in};
use crate::app::State;
use crate::domain::assignment::{Assignment, How};
use crate::domain::explanation::Explanation;
use crate::domain::lead::Lead;
use crate::domain::new_lead::Profile;
use crate::domain::rep::{Rep, day_of};
use crate::error::LeadError;
use crate::store;

#[tracing::instrument(name = "lead_routing.open_repurchase_lead", skip_all, fields(customer = %due.customer_id))]
pub async fn open_repurchase_lead(state: &State, caller: &Caller, due: RepurchaseDue) -> Result<(), LeadError> {
    let customer_id = id(&due.customer_id, "customer_id")?;
    let owner = due.owner_id.parse::<Uuid>().ok();
    let org: OrgPath = due.org.parse().unwrap_or_else(|_| OrgPath::root());
    let due_because = due.reason.clone().map(Text::from);
    let profile = profile(due)?;

    let mut write = state.journal.begin(caller).await?;
    let mut lead = take_in::repurchase(&write, write.new_id(), org, profile, customer_id);
    let keeper = keeper(&mut write, owner).await?;
    let mut decision = if let Some(rep) = keeper {
        keep(state, &mut write, &mut lead, &rep).await?
    } else {
        let placement = place(state, &mut write, &lead.facts(), &[], Patience::Wait).await?;
        take_in::record_received(&mut write, &mut lead)?;
        ownership::settle(state, &mut write, &mut lead, placement, None, How::Rule).await?
    };
    decision.explanation.remarks.extend(due_because);
    store::leads::insert(write.db(), &lead, Some(&decision)).await?;
    Ok(write.commit(()).await?)
}

/// The customer's rep, when still there.
async fn keeper(write: &mut Write, owner: Option<Uuid>) -> Result<Option<Rep>, LeadError> {
    let Some(owner) = owner else { return Ok(None) };
    let tenant = write.caller().tenant();
    Ok(store::reps::lock(write.db(), tenant.0, &[owner]).await?.pop().filter(|rep| rep.active))
}

async fn keep(state: &State, write: &mut Write, lead: &mut Lead, rep: &Rep) -> Result<Assignment, LeadError> {
    let (tenant, now) = (write.caller().tenant(), write.now());
    store::reps::give(write.db(), tenant.0, rep.person_id, day_of(now), now).await?;
    take_in::record_received(write, lead)?;
    let limits = rulebook::limits(state, write.db(), tenant).await?;
    let explanation = Explanation::remark(Text::new(
        "老客户复购，归属保护：仍由原负责人跟进，不参与分配",
        "a customer buys again: their rep keeps them, and no rule is asked",
    ));
    let handover = Handover { rep, how: How::OwnerKept, previous: None, rule: None, reason: None, explanation, limits };
    ownership::give(state, write, lead, handover).await
}

fn profile(due: RepurchaseDue) -> Result<Profile, LeadError> {
    let filled = |text: String| Some(text).filter(|text| !text.trim().is_empty());
    let budget = due.last_order.map(Money::try_from).transpose();
    let budget = budget.map_err(|_| LeadError::field("last_order", "malformed", "金额无效", "is not an amount"))?;
    Ok(Profile {
        company: due.company,
        credit_code: None,
        contact_name: None,
        contact_phone: None,
        contact_email: None,
        domain: None,
        industry: filled(due.industry),
        region: filled(due.region),
        budget: budget.filter(|money| money.minor > 0),
        note: None,
        external_reference: None,
    })
}

fn id(text: &str, field: &str) -> Result<Uuid, LeadError> {
    text.parse().map_err(|_| LeadError::field(field, "malformed", "不是有效的编号", "is not an id"))
}
