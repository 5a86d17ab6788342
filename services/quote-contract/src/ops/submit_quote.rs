//! Submits a quote: within the submitter's authority it is approved at once, else people are asked.

use authz::Action;
use contracts::quote_contract::v1::QuoteApprovalRequested;
use journal::{Caller, Entry, JournalError};
use kernel::{Money, PersonId, Principal, Reason, Scope, Text};
use process::approval::Actor;
use process::definition::{ApprovalRule, Definition};
use process::gate::{Attempt, pass};
use serde_json::{Value, json};
use uuid::Uuid;

use super::promise_quote::{self, Approved, promise};
use super::quote_view::QuoteView;
use super::read_catalogue::may_read_costs;
use super::request_approval::{self, About, Planned};
use super::{ask_crm, check_quote, set_authority};
use crate::State;
use crate::domain::authority::{Judgement, Setting};
use crate::domain::consistency;
use crate::domain::quote_status::QuoteStatus;
use crate::error::Error;
use crate::store::approval_cases::QUOTE;
use crate::store::quotes::Quote;
use crate::store::revisions::QuoteRevision;
use crate::store::{quotes, revisions};

/// What was found before the write.
struct Prepared {
    version: i64,
    judgement: Judgement,
    approval: Option<Planned>,
}

#[tracing::instrument(name = "quote_contract.submit_quote", skip_all, fields(quote = %id))]
pub async fn submit_quote(state: &State, caller: &Caller, id: Uuid) -> Result<QuoteView, Error> {
    let prepared = prepare(state, caller, id).await;
    let mut write = state.journal.begin(caller).await?;
    let prepared = prepared?;
    let mut quote = match prepared.approval {
        None => promise_quote::lock(&mut write, id).await?,
        Some(_) => quotes::lock(write.db(), id).await?.ok_or(Error::NotFound("quote"))?,
    };
    if quote.version != prepared.version {
        return Err(JournalError::Overtaken.into());
    }
    let mut revision = revisions::find(write.db(), id, quote.revision).await?.ok_or(Error::NotFound("quote"))?;
    revision.submitted_by = Some(caller.principal.id);
    match prepared.approval {
        None => {
            let approved =
                Approved { by: caller.principal.id, how: "authority", why: Some(within(&prepared.judgement)) };
            promise(state, &mut write, &mut quote, &mut revision, approved).await?;
        }
        Some(planned) => {
            let about = About {
                kind: QUOTE,
                id: quote.id,
                revision: quote.revision,
                number: quote.number.clone(),
                org: quote.org.clone(),
                reasons: prepared.judgement.reasons.clone(),
            };
            let approval =
                request_approval::open(state, &mut write, planned, submitter(&caller.principal), about).await?;
            revision.approval_id = Some(approval.id);
            revision.status = QuoteStatus::PendingApproval;
            quote.status = QuoteStatus::PendingApproval;
            quote.version += 1;
            quote.updated_at = write.now();
            let requested = QuoteApprovalRequested {
                quote_id: quote.id.to_string(),
                number: quote.number.clone(),
                approval_id: approval.id.to_string(),
                owner_id: quote.owner_id.to_string(),
                org: quote.org.to_string(),
                approver_roles: approval.steps.iter().map(|step| step.role.as_str().to_owned()).collect(),
                reasons: prepared.judgement.reasons.iter().cloned().map(Into::into).collect(),
            };
            let entry = Entry::new(&requested, quote.id, quote.version)?
                .change(QuoteStatus::Draft.as_str(), QuoteStatus::PendingApproval.as_str())
                .why(Text::joined(&prepared.judgement.reasons));
            write.record(entry);
            quotes::save(write.db(), &quote).await?;
            revisions::save(write.db(), quote.tenant, &revision).await?;
        }
    }
    let costs = may_read_costs(&caller.principal, write.now());
    Ok(write.commit(QuoteView::new(&quote, revision, costs)?).await?)
}

/// Judges the quote and finds the people to ask, before the write begins.
async fn prepare(state: &State, caller: &Caller, id: Uuid) -> Result<Prepared, Error> {
    let tenant = caller.tenant();
    let (quote, revision, limits, definition) = {
        let mut tx = state.journal.read(&caller.principal, Scope::All).await?;
        let quote = quotes::find(&mut tx, id).await?.ok_or(Error::NotFound("quote"))?;
        authz::check(&caller.principal, state.clock.now(), Action::QuoteSubmit, &quote.resource())?;
        check_draft(&quote)?;
        let revision = revisions::find(&mut tx, id, quote.revision).await?.ok_or(Error::NotFound("quote"))?;
        let limits = set_authority::in_force(state, &mut tx, &caller.principal).await?.limits;
        let definition = state.definitions.current(&mut tx, tenant, QUOTE).await?;
        (quote, revision, limits, definition)
    };
    let opportunity = ask_crm::moving_opportunity(state, tenant, quote.opportunity_id).await?;
    let faults = consistency::errors(&check_quote::findings(state, tenant, &revision.document, &opportunity).await);
    if !faults.is_empty() {
        return Err(Error::QuoteInconsistent(faults));
    }
    let setting = Setting {
        roles: &caller.principal.roles,
        grade: &revision.document.customer_grade,
        tier: &revision.document.store_tier,
        authorised_low: opportunity.authorised_low,
    };
    let judgement = limits.judge(setting, &revision.document.lines, quote.total)?;
    let approval = match rule(&definition, &judgement, &revision)? {
        Some(rule) => Some(
            request_approval::plan(state, &definition, rule, &quote.org, submitter(&caller.principal), tenant).await?,
        ),
        None => None,
    };
    Ok(Prepared { version: quote.version, judgement, approval })
}

fn check_draft(quote: &Quote) -> Result<(), Error> {
    match quote.status {
        QuoteStatus::Draft => Ok(()),
        QuoteStatus::PendingApproval => Err(Error::QuoteAwaitsDecision),
        QuoteStatus::Contracted => Err(Error::QuoteContracted),
        _ => Err(Error::QuoteNotDraft),
    }
}

/// The first approval rule of the process that holds for what was judged.
fn rule<'d>(
    definition: &'d Definition,
    judgement: &Judgement,
    revision: &QuoteRevision,
) -> Result<Option<&'d ApprovalRule>, Error> {
    let facts = facts(judgement, revision.document.totals.total);
    let attempt = Attempt { from: "draft", to: "approved", facts: &facts, evidence: &[] };
    let passage = pass(definition, attempt).map_err(process::ProcessError::from)?;
    Ok(passage.approvals.first().copied())
}

/// A quote as the definition's conditions read it.
pub fn facts(judgement: &Judgement, total: Money) -> Value {
    json!({
        "below_authority": judgement.below_authority,
        "below_floor": judgement.below_floor,
        "total": total.minor,
    })
}

pub fn submitter(principal: &Principal) -> Actor {
    Actor { person: PersonId(principal.id), role: principal.leading_role() }
}

fn within(judgement: &Judgement) -> Reason {
    let limit = crate::domain::decimal::plain(judgement.limit_percent);
    let (zh, en) =
        (format!("各行折扣均在权限 {limit}% 以内"), format!("every line is within the authority of {limit}%"));
    Text::new(zh, en).into()
}
