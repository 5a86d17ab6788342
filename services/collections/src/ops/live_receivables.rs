//! Open receivables as their gates see them, for trying a definition on. Evidence comes with each movement: none is
//! there before.

use journal::Caller;
use kernel::Scope;
use process::dry_run::{MOST_RECORDS, Record};

use crate::app::State;
use crate::domain::journey;
use crate::domain::receivable::{Receivable, State as Standing};
use crate::error::CollectionsError;
use crate::store;
use crate::store::receivables::Filter;

pub async fn live_receivables(state: State, caller: Caller, _process: String) -> Result<Vec<Record>, CollectionsError> {
    let open = Filter { state: Some(Standing::Open.as_str().to_owned()), ..Filter::default() };
    let limit = i64::try_from(MOST_RECORDS).unwrap_or(i64::MAX);
    let mut tx = state.journal.read(&caller.principal, Scope::All).await?;
    let receivables = store::receivables::list(&mut tx, &open, None, limit).await?;
    let record = |one: Receivable| Record {
        id: one.id,
        stage: one.node.stage().to_owned(),
        facts: journey::facts(&one, one.owner_id),
        evidence: Vec::new(),
    };
    Ok(receivables.into_iter().map(record).collect())
}
