//! Notes that the customer was sent a quote; objections are to be handled within a time from now.

use authz::Action;
use chrono::Duration;
use journal::Caller;
use kernel::Text;
use uuid::Uuid;

use super::key_moments::{self, NewMoment};
use super::update_opportunity::changed_entry;
use crate::app::State;
use crate::domain::key_moment::OBJECTION_HANDLING_STARTED;
use crate::domain::opportunity::SentQuote;
use crate::error::CrmError;
use crate::store;

/// The deadline of the process that a sent quote meets.
const QUOTE_SENT: &str = "quote_sent";

#[tracing::instrument(name = "crm.note_quote_sent", skip_all, fields(opportunity = %opportunity_id, quote = %quote.quote_id))]
pub async fn note_quote_sent(
    state: &State,
    caller: &Caller,
    opportunity_id: Uuid,
    quote: SentQuote,
) -> Result<(), CrmError> {
    let mut write = state.journal.begin(caller).await?;
    let now = write.now();
    let opportunity = store::opportunities::lock(write.db(), opportunity_id).await?;
    let mut opportunity = opportunity.ok_or(CrmError::OpportunityNotFound)?;
    authz::check(&caller.principal, now, Action::OpportunityUpdate, &opportunity.resource())?;
    store::quotes::put(write.db(), opportunity.tenant, opportunity_id, &quote).await?;
    let number = &quote.number;
    let sent = Text::new(format!("报价 {number} 已发送给客户"), format!("quote {number} was sent to the customer"));
    let entry = changed_entry(&mut opportunity, &["quotes"])?;
    write.record(entry.why(sent));
    store::opportunities::save(write.db(), &opportunity, now).await?;
    store::key_moments::meet(write.db(), opportunity_id, QUOTE_SENT, now).await?;
    let moment = NewMoment {
        tenant: opportunity.tenant,
        opportunity: opportunity_id,
        moment: OBJECTION_HANDLING_STARTED,
        started_at: quote.sent_at,
        due_at: Some(quote.sent_at + Duration::hours(state.config.key_moments.objection_handling_hours)),
        stage: None,
        tell: vec!["sales_rep".to_owned(), "sales_manager".to_owned()],
    };
    key_moments::start(&mut write, moment).await?;
    Ok(write.commit(()).await?)
}
