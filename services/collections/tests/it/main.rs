//! Collections through its public interfaces: HTTP, events and timers.

#![expect(clippy::expect_used, reason = "a test fails by panicking")]

mod advance_journey;
mod arrange;
mod import_csv;
mod import_statement;
mod list_receivables;
mod match_entry;
mod note_invoice;
mod open_receivable;
mod process_definitions;
mod show_ageing;
mod stall_journey;
mod write_off;
