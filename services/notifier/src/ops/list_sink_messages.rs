//! What the development sink received.

use journal::Caller;
use kernel::Scope;
use kernel::id::Cursor;
use runtime::http::{Page, PageQuery};

use super::list_outbox_messages::allow_channels;
use crate::app::State;
use crate::error::NotifierError;
use crate::store::sink;
pub use crate::store::sink::SinkMessage;

#[tracing::instrument(name = "notifier.list_sink_messages", skip_all)]
pub async fn list_sink_messages(
    state: &State,
    caller: &Caller,
    page: &PageQuery,
) -> Result<Page<SinkMessage>, NotifierError> {
    allow_channels(state, caller)?;
    let mut tx = state.journal.read(&caller.principal, Scope::All).await?;
    let rows = sink::list(&mut tx, page.cursor()?.map(|cursor| cursor.id), page.limit()).await?;
    Ok(Page::of(rows, page.limit(), |message| Cursor { key: String::new(), id: message.id }))
}
