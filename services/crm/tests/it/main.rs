//! The service through its public interfaces: HTTP, gRPC, events in and events out.
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

mod advance_opportunity;
mod ai_qa;
mod answer_services;
mod apply_conclusion;
mod complete_action;
mod confirm_summary;
mod convert_lead;
mod custom_fields;
mod judge_customer;
mod note_quote_sent;
mod process_definitions;
mod record_visit;
mod register_customer;
mod show_history;
mod show_suggestions;
mod state_budget;
mod support;
mod update_customer;
mod update_opportunity;
mod win_opportunity;
