//! The second role confirms or rejects a write-off, with a second factor.

use authz::Action;
use contracts::collections::v1::{ReceivableWriteOffRejected, ReceivableWrittenOff};
use journal::{Caller, Entry};
use serde::Deserialize;
use uuid::Uuid;

use super::view::ReceivableView;
use crate::app::State;
use crate::domain::receivable::{Receivable, State as Standing};
use crate::domain::write_off::WriteOff;
use crate::error::CollectionsError;
use crate::store;

#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DecideWriteOff {
    /// True gives up what is owed, false leaves it owed.
    pub confirm: bool,
}

#[tracing::instrument(name = "collections.decide_write_off", skip_all, fields(receivable = %id, confirm = input.confirm))]
pub async fn decide_write_off(
    state: &State,
    caller: &Caller,
    id: Uuid,
    input: DecideWriteOff,
) -> Result<ReceivableView, CollectionsError> {
    let mut write = state.journal.begin(caller).await?;
    let mut receivable = store::receivables::lock(write.db(), id).await?.ok_or(CollectionsError::NotFound)?;
    authz::check(&caller.principal, write.now(), Action::ReceivableWriteOff, &receivable.resource())?;
    let waiting = store::write_offs::waiting(write.db(), id, receivable.amount.currency).await?;
    let request = waiting.ok_or(CollectionsError::WriteOffNotFound)?;
    let (now, by, role) = (write.now(), caller.principal.id, caller.principal.leading_role());
    if input.confirm && !receivable.is_open() {
        return Err(CollectionsError::Closed(receivable.state.as_str()));
    }
    request.check(by, role, receivable.outstanding(), input.confirm)?;
    store::write_offs::decide(write.db(), request.id, input.confirm, by, role, now).await?;
    if input.confirm {
        receivable.state = Standing::WrittenOff;
        receivable.closed_at = Some(now);
        store::blockers::close_all(write.db(), id, now).await?;
        let entry = Entry::new(&written_off(&receivable, &request), id, receivable.next_version())?;
        write.record(entry.change("open", receivable.state.as_str()));
    } else {
        write.record(Entry::new(&rejected(&receivable), id, receivable.next_version())?);
    }
    store::receivables::save(write.db(), &receivable).await?;
    Ok(write.commit(ReceivableView::of(&receivable)).await?)
}

fn written_off(receivable: &Receivable, request: &WriteOff) -> ReceivableWrittenOff {
    ReceivableWrittenOff {
        receivable_id: receivable.id.to_string(),
        contract_id: receivable.contract_id.to_string(),
        customer_id: receivable.customer_id.to_string(),
        amount: Some(request.amount.into()),
        owner_id: receivable.owner_id.to_string(),
        org: receivable.org.to_string(),
    }
}

fn rejected(receivable: &Receivable) -> ReceivableWriteOffRejected {
    ReceivableWriteOffRejected {
        receivable_id: receivable.id.to_string(),
        owner_id: receivable.owner_id.to_string(),
        org: receivable.org.to_string(),
    }
}
