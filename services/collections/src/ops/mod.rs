//! One use case per file: authorise, load, decide, store and journal in one transaction.

pub mod advance_journey;
pub mod decide_write_off;
pub mod import_statement;
mod journey_step;
pub mod list_entries;
pub mod list_next_steps;
pub mod list_receivables;
pub mod list_statements;
pub mod live_receivables;
pub mod match_entry;
pub mod note_invoice;
pub mod open_receivable;
mod post_payment;
pub mod request_write_off;
pub mod resolve_blocker;
pub mod show_ageing;
pub mod show_receivable;
pub mod stall_journey;
pub mod view;

use kernel::{FieldError, Text};

/// A text that people wrote: not blank, not endless.
fn check_text(field: &str, text: &str, longest: usize) -> Vec<FieldError> {
    if text.trim().is_empty() {
        return vec![FieldError::required(field)];
    }
    if text.chars().count() <= longest {
        return Vec::new();
    }
    let reason = Text::new(format!("不超过 {longest} 个字符"), format!("must not be longer than {longest} characters"));
    vec![FieldError::new(field, "too_long", reason)]
}
