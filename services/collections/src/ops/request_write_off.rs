//! Somebody asks that what is still owed be given up.

use authz::Action;
use contracts::collections::v1::ReceivableWriteOffRequested;
use journal::{Caller, Entry};
use serde::Deserialize;
use uuid::Uuid;

use super::view::WriteOffView;
use crate::app::State;
use crate::domain::receivable::Receivable;
use crate::domain::write_off::WriteOff;
use crate::error::CollectionsError;
use crate::store;

#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RequestWriteOff {
    pub reason: String,
}

#[tracing::instrument(name = "collections.request_write_off", skip_all, fields(receivable = %id))]
pub async fn request_write_off(
    state: &State,
    caller: &Caller,
    id: Uuid,
    input: RequestWriteOff,
) -> Result<WriteOffView, CollectionsError> {
    CollectionsError::check(super::check_text("reason", &input.reason, 500))?;
    let mut write = state.journal.begin(caller).await?;
    let mut receivable = store::receivables::lock(write.db(), id).await?.ok_or(CollectionsError::NotFound)?;
    // Whoever works on the receivable may ask; `receivable:write_off` with its second factor is the second role's.
    authz::check(&caller.principal, write.now(), Action::ReceivableAdvance, &receivable.resource())?;
    if !receivable.is_open() {
        return Err(CollectionsError::Closed(receivable.state.as_str()));
    }
    let request = WriteOff {
        id: write.new_id(),
        amount: receivable.outstanding(),
        reason: input.reason,
        requested_by: caller.principal.id,
        requested_role: caller.principal.leading_role(),
        requested_at: write.now(),
    };
    if !store::write_offs::insert(write.db(), receivable.tenant.0, id, &request).await? {
        return Err(CollectionsError::AlreadyRequested);
    }
    let entry = Entry::new(&requested(&receivable, &request), id, receivable.next_version())?;
    write.record(entry.personal("reason", &*request.reason));
    store::receivables::save(write.db(), &receivable).await?;
    Ok(write.commit(WriteOffView::of(&request)).await?)
}

fn requested(receivable: &Receivable, request: &WriteOff) -> ReceivableWriteOffRequested {
    ReceivableWriteOffRequested {
        receivable_id: receivable.id.to_string(),
        contract_number: receivable.contract_number.clone(),
        customer_id: receivable.customer_id.to_string(),
        company: receivable.company.clone(),
        amount: Some(request.amount.into()),
        owner_id: receivable.owner_id.to_string(),
        org: receivable.org.to_string(),
    }
}
