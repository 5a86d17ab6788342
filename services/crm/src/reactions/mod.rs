//! What events of other services lead to here: one event per file, one op per event.

pub mod apply_conclusion;
pub mod convert_lead;
mod event;
pub mod miss_draft;
pub mod note_delivery_accepted;
pub mod note_delivery_rejected;
pub mod note_journey_stalled;
pub mod note_payment_posted;
pub mod note_promise_green;
pub mod note_promise_red;
pub mod note_quote_sent;
pub mod note_receivable_cleared;
pub mod offer_draft;
pub mod win_opportunity;
