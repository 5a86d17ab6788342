//! Open leads as their gates see them, for trying a definition on. Proof of a contact and the subject come with the
//! move and are not there before.

use journal::Caller;
use kernel::Scope;
use process::dry_run::{MOST_RECORDS, Record};

use super::touch_lead::facts;
use crate::app::State;
use crate::domain::lead::Lead;
use crate::error::LeadError;
use crate::store;

pub async fn live_leads(state: State, caller: Caller, _process: String) -> Result<Vec<Record>, LeadError> {
    let limit = i64::try_from(MOST_RECORDS).unwrap_or(i64::MAX);
    let mut tx = state.journal.read(&caller.principal, Scope::All).await?;
    let leads = store::leads::newest_open(&mut tx, limit).await?;
    let record = |lead: Lead| Record {
        id: lead.id,
        stage: lead.state.as_str().to_owned(),
        facts: facts(&lead),
        evidence: Vec::new(),
    };
    Ok(leads.into_iter().map(record).collect())
}
