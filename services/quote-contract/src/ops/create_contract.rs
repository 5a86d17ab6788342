//! Builds a contract from an approved quote and the newest clauses that it must carry.

use ::contracts::quote_contract::v1::ContractDrafted;
use authz::{Action, Resource, ResourceKind};
use chrono::{DateTime, Datelike, Utc};
use journal::{Caller, Entry, Write};
use kernel::{FieldError, Text};
use serde::Deserialize;
use uuid::Uuid;

use super::contract_view::ContractView;
use super::read_contracts;
use crate::State;
use crate::domain::clause::{ContractClause, clauses_sha256};
use crate::domain::contract::{ContractStatus, ContractTerms};
use crate::domain::payment::{Installment, plan_faults};
use crate::domain::quote_status::QuoteStatus;
use crate::error::Error;
use crate::store::clauses::{self, ClauseRevision};
use crate::store::contracts::Contract;
use crate::store::quotes::Quote;
use crate::store::revisions::QuoteRevision;
use crate::store::{contract_clauses, contracts, counters, quotes, revisions};

const LONGEST_LEAD_TIME: i64 = 3_650;

#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewContract {
    pub quote_id: Uuid,
    /// Such as `domestic` or `export`; decides which clauses are required.
    pub destination: String,
    /// Such as `standard` or `government`; likewise.
    pub customer_type: String,
    pub payment_plan: Vec<Installment>,
    pub promised_delivery_at: DateTime<Utc>,
    #[serde(default)]
    pub delivery_place: String,
    /// Days until the promised delivery when not given.
    #[serde(default)]
    pub lead_time_days: Option<i64>,
}

impl NewContract {
    fn faults(&self, now: DateTime<Utc>) -> Vec<FieldError> {
        let mut faults = plan_faults(&self.payment_plan);
        for (field, value) in [("destination", &self.destination), ("customer_type", &self.customer_type)] {
            if value.trim().is_empty() {
                faults.push(FieldError::required(field));
            }
        }
        faults.extend(promise_fault(self.promised_delivery_at, now));
        faults.extend(self.lead_time_days.and_then(lead_time_fault));
        faults.extend(place_fault(&self.delivery_place));
        faults
    }
}

pub fn promise_fault(promised_at: DateTime<Utc>, now: DateTime<Utc>) -> Option<FieldError> {
    let reason = Text::new("承诺交付时间必须晚于现在", "must lie in the future");
    (promised_at <= now).then(|| FieldError::new("promised_delivery_at", "delivery_in_past", reason))
}

pub fn lead_time_fault(days: i64) -> Option<FieldError> {
    let reason = Text::new("须在 0 到 3650 天之间", "must be between 0 and 3650 days");
    (!(0..=LONGEST_LEAD_TIME).contains(&days)).then(|| FieldError::new("lead_time_days", "out_of_range", reason))
}

pub fn place_fault(place: &str) -> Option<FieldError> {
    let reason = Text::new("最多 300 个字符", "at most 300 characters");
    (place.chars().count() > 300).then(|| FieldError::new("delivery_place", "too_long", reason))
}

#[tracing::instrument(name = "quote_contract.create_contract", skip_all, fields(quote = %input.quote_id))]
pub async fn create_contract(state: &State, caller: &Caller, input: NewContract) -> Result<ContractView, Error> {
    let mut write = state.journal.begin(caller).await?;
    let (tenant, now) = (caller.tenant(), write.now());
    let mut quote = quotes::lock(write.db(), input.quote_id).await?.ok_or(Error::NotFound("quote"))?;
    let place = Resource::owned(ResourceKind::Contract, tenant, quote.org.clone(), quote.owner_id);
    authz::check(&caller.principal, now, Action::ContractCreate, &place)?;
    let mut revision = revisions::find(write.db(), quote.id, quote.revision).await?.ok_or(Error::NotFound("quote"))?;
    check_quote(&mut write, &quote, &revision).await?;
    let faults = input.faults(now);
    if !faults.is_empty() {
        return Err(Error::Invalid(faults));
    }
    let terms = terms(&quote, &revision, input, now);
    let required = required_clauses(&mut write, &terms).await?;
    let standing: Vec<_> = required.iter().map(standing).collect();
    let number = counters::next(write.db(), tenant, "HT", process::calendar::shanghai(now).year()).await?;
    let contract = Contract {
        tenant,
        id: write.new_id(),
        number,
        quote_id: quote.id,
        quote_revision: quote.revision,
        opportunity_id: quote.opportunity_id,
        customer_id: quote.customer_id,
        owner_id: quote.owner_id,
        org: quote.org.clone(),
        status: ContractStatus::Draft,
        terms,
        clauses_sha256: clauses_sha256(&standing),
        approval_id: None,
        signed_at: None,
        signed_sha256: None,
        version: 1,
        created_at: now,
        updated_at: now,
    };
    contracts::save(write.db(), &contract).await?;
    contract_clauses::copy(write.db(), tenant, contract.id, &required).await?;
    // The promise is kept by the contract from here on; its event says so for both.
    revision.status = QuoteStatus::Contracted;
    quote.status = QuoteStatus::Contracted;
    revisions::save(write.db(), tenant, &revision).await?;
    quotes::save(write.db(), &quote).await?;
    write.record(drafted(&contract)?);
    let view = read_contracts::view(write.db(), &contract, &caller.principal, now).await?;
    Ok(write.commit(view).await?)
}

async fn check_quote(write: &mut Write, quote: &Quote, revision: &QuoteRevision) -> Result<(), Error> {
    if contracts::exists_for(write.db(), quote.id, quote.revision).await? {
        return Err(Error::ContractExists);
    }
    if revision.status == QuoteStatus::Expired || revision.valid_until.is_some_and(|until| until <= write.now()) {
        return Err(Error::QuoteExpired);
    }
    if revision.status.is_live() { Ok(()) } else { Err(Error::QuoteNotApproved) }
}

fn terms(quote: &Quote, revision: &QuoteRevision, input: NewContract, now: DateTime<Utc>) -> ContractTerms {
    let until = input.promised_delivery_at - now;
    ContractTerms {
        company: quote.company.clone(),
        subject: revision.document.subject.clone(),
        destination: input.destination.trim().to_owned(),
        customer_type: input.customer_type.trim().to_owned(),
        delivery_place: input.delivery_place.trim().to_owned(),
        lead_time_days: input.lead_time_days.unwrap_or_else(|| until.num_days()),
        promised_delivery_at: input.promised_delivery_at,
        payment_plan: input.payment_plan,
        lines: revision.document.lines.clone(),
        totals: revision.document.totals,
    }
}

async fn required_clauses(write: &mut Write, terms: &ContractTerms) -> Result<Vec<ClauseRevision>, Error> {
    let now = write.now();
    let effective = clauses::effective(write.db(), now).await?;
    let categories = terms.categories();
    let applies =
        |clause: &ClauseRevision| clause.required_for.applies(&categories, &terms.destination, &terms.customer_type);
    Ok(effective.into_iter().filter(applies).collect())
}

fn standing(clause: &ClauseRevision) -> ContractClause {
    ContractClause {
        text: clause.text.clone(),
        kind: clause.kind,
        revision: clause.revision,
        sha256: clause.sha256.clone(),
        library_sha256: clause.sha256.clone(),
    }
}

fn drafted(contract: &Contract) -> Result<Entry, Error> {
    let event = ContractDrafted {
        contract_id: contract.id.to_string(),
        number: contract.number.clone(),
        quote_id: contract.quote_id.to_string(),
        opportunity_id: contract.opportunity_id.to_string(),
        customer_id: contract.customer_id.to_string(),
        owner_id: contract.owner_id.to_string(),
        org: contract.org.to_string(),
        clauses_sha256: contract.clauses_sha256.clone(),
    };
    Ok(Entry::new(&event, contract.id, contract.version)?.change("", ContractStatus::Draft.as_str()))
}
