//! The service through its public interfaces, on a real database and a real bus.

#![expect(clippy::expect_used, reason = "a test fails by panicking")]

mod change_contract;
mod create_contract;
mod custom_fields;
mod decide_approval;
mod draft_quote;
mod escalate_approval;
mod print_quote;
mod process_definitions;
mod promise_quote;
mod publish_clause;
mod publish_product;
mod quote_timers;
mod revise_quote;
mod send_quote;
mod set_authority;
mod sign_contract;
mod submit_contract;
mod submit_quote;
mod world;
