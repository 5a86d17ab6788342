//! Open opportunities as their gates see them, for trying a definition on. A reason comes with the move and is not there.

use journal::Caller;
use kernel::Scope;
use process::dry_run::{MOST_RECORDS, Record};

use crate::app::State;
use crate::domain::opportunity::{Dossier, Opportunity, PROCESS};
use crate::error::CrmError;
use crate::store;

pub async fn live_opportunities(state: State, caller: Caller, _process: String) -> Result<Vec<Record>, CrmError> {
    let mut tx = state.journal.read(&caller.principal, Scope::All).await?;
    let definition = state.definitions.current(&mut tx, caller.tenant(), PROCESS).await?;
    let ends: Vec<_> = definition.stages.iter().filter(|stage| stage.end).map(|stage| stage.id.clone()).collect();
    let limit = i64::try_from(MOST_RECORDS).unwrap_or(i64::MAX);
    let open = store::opportunities::newest_outside(&mut tx, &ends, limit).await?;
    let ids: Vec<_> = open.iter().map(|opportunity| opportunity.id).collect();
    let mut dossiers = store::opportunities::dossiers(&mut tx, &ids).await?;
    Ok(open.into_iter().map(|one| record(&one, dossiers.remove(&one.id).unwrap_or_default())).collect())
}

fn record(opportunity: &Opportunity, dossier: Dossier) -> Record {
    Record {
        id: opportunity.id,
        stage: opportunity.stage.clone(),
        facts: opportunity.facts(&dossier, None),
        evidence: dossier.evidence,
    }
}
