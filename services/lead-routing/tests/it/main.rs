//! The service through its public interfaces: HTTP, gRPC, events and time.

#![expect(clippy::expect_used, reason = "a test fails by panicking")]

mod concurrency;
mod convert_lead;
mod create_lead;
mod custom_fields;
mod distribution;
mod dry_run_rule;
mod get_lead;
mod import_leads;
mod list_leads;
mod open_repurchase_lead;
mod process_definitions;
mod read_rule_sentence;
mod reassign_lead;
mod recall_lead;
mod rep_profile;
mod report_unassigned;
mod return_lead;
mod routing_rule;
mod scene;
mod screen_lead;
mod submit_lead_form;
mod touch_lead;
