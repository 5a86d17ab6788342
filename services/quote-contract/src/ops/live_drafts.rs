//! Quotes and contracts that are still to be submitted, as the gate sees them, for trying a definition on. What waits
//! for a decision already goes on under the version that asked for it.

use journal::Caller;
use kernel::{Role, Scope};
use process::dry_run::{MOST_RECORDS, Record};
use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;

use super::{set_authority, submit_contract, submit_quote};
use crate::State;
use crate::domain::authority::{Authority, Setting};
use crate::domain::quote::QuoteDocument;
use crate::error::Error;
use crate::store::approval_cases::CONTRACT;
use crate::store::{contract_clauses, contracts, revisions};

pub async fn live_drafts(state: State, caller: Caller, process: String) -> Result<Vec<Record>, Error> {
    let limit = i64::try_from(MOST_RECORDS).unwrap_or(i64::MAX);
    let mut tx = state.journal.read(&caller.principal, Scope::All).await?;
    if process == CONTRACT {
        return live_contracts(&mut tx, limit).await;
    }
    let limits = set_authority::in_force(&state, &mut tx, &caller.principal).await?.limits;
    let drafts = revisions::newest_drafts(&mut tx, limit).await?;
    drafts.into_iter().map(|(id, document)| Ok(record(id, quote_facts(&limits, &document)?))).collect()
}

/// As a sales rep would submit it. What finance has authorised is known to crm alone and left out.
fn quote_facts(limits: &Authority, document: &QuoteDocument) -> Result<Value, Error> {
    let setting = Setting {
        roles: &[Role::SalesRep],
        grade: &document.customer_grade,
        tier: &document.store_tier,
        authorised_low: None,
    };
    let total = document.totals.total;
    Ok(submit_quote::facts(&limits.judge(setting, &document.lines, total)?, total))
}

async fn live_contracts(db: &mut PgConnection, limit: i64) -> Result<Vec<Record>, Error> {
    let contracts = contracts::newest_editable(db, limit).await?;
    let ids: Vec<_> = contracts.iter().map(|contract| contract.id).collect();
    let mut edited = contract_clauses::edited(db, &ids).await?;
    let facts = contracts.iter().map(|one| {
        let clauses = edited.remove(&one.id).unwrap_or_default();
        record(one.id, submit_contract::facts(one, &clauses))
    });
    Ok(facts.collect())
}

fn record(id: Uuid, facts: Value) -> Record {
    Record { id, stage: "draft".into(), facts, evidence: Vec::new() }
}
