//! The rep confirmed something that was heard on a visit.

use contracts::ai_qa::v1::{ConclusionConfirmed, GetConclusionRequest};
use journal::Caller;
use journal::consume::Delivered;
use runtime::peers::PeerError;

use super::event::{id, money};
use crate::app::State;
use crate::domain::conclusion::{Conclusion, HeardIn};
use crate::domain::fields::some;
use crate::error::CrmError;
use crate::ops;

pub async fn run(state: State, caller: Caller, confirmed: Delivered<ConclusionConfirmed>) -> Result<(), CrmError> {
    let event = confirmed.event;
    let conclusion = Conclusion {
        text: words(&state, &caller, &event.conclusion_id).await?,
        id: id("conclusion_id", &event.conclusion_id)?,
        kind: event.kind.parse().map_err(|_| CrmError::BadEvent { field: "kind", value: event.kind.clone() })?,
        amount: event.amount.map(|amount| money("amount", Some(amount))).transpose()?,
        date: event.date.parse().ok(),
        confirmed_at: confirmed.meta.time,
    };
    let heard_in = HeardIn {
        owner: id("owner_id", &event.owner_id)?,
        visit: some(event.visit_id).map(|visit| id("visit_id", &visit)).transpose()?,
        recording: event.recording_id,
    };
    ops::apply_conclusion::apply_conclusion(&state, &caller, heard_in, conclusion).await
}

/// Words never travel in events, so they are asked for.
async fn words(state: &State, caller: &Caller, conclusion_id: &str) -> Result<String, CrmError> {
    let question = GetConclusionRequest { conclusion_id: conclusion_id.to_owned() };
    let question = state.peers.ask(caller.tenant(), question)?;
    let answer = state.peers.ai_qa()?.get_conclusion(question).await.map_err(PeerError::from)?;
    Ok(answer.into_inner().text)
}
