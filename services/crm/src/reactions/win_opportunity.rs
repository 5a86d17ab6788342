//! A contract was signed: its opportunity is won.

use contracts::quote_contract::v1::ContractSigned;
use journal::Caller;
use journal::consume::Delivered;

use super::event::{id, money, time};
use crate::app::State;
use crate::error::CrmError;
use crate::ops::win_opportunity::{SignedContract, win_opportunity};

pub async fn run(state: State, caller: Caller, signed: Delivered<ContractSigned>) -> Result<(), CrmError> {
    let event = signed.event;
    let contract = SignedContract {
        contract: id("contract_id", &event.contract_id)?,
        number: event.number,
        opportunity: id("opportunity_id", &event.opportunity_id)?,
        total: money("total", event.total)?,
        signed_at: time("signed_at", event.signed_at)?,
        sha256: event.signed_sha256,
        version: signed.meta.version,
    };
    win_opportunity(&state, &caller, contract).await
}
