//! Use cases, one per file: ask, authorise, load, decide, store and record in one transaction.

pub mod approval_steps;
pub mod approval_view;
pub mod ask_capacity;
pub mod ask_crm;
pub mod ask_directory;
pub mod change_contract;
pub mod check_contract;
pub mod check_quote;
pub mod contract_view;
pub mod create_contract;
pub mod decide_approval;
pub mod delegate_approval;
pub mod draft_clause;
pub mod draft_quote;
pub mod escalate_approval;
pub mod import_contract;
pub mod live_drafts;
pub mod open_approval;
pub mod print_contract;
pub mod print_quote;
pub mod promise_quote;
pub mod publish_clause;
pub mod publish_product;
pub mod quote_content;
pub mod quote_timers;
pub mod quote_view;
pub mod read_approvals;
pub mod read_catalogue;
pub mod read_clauses;
pub mod read_contracts;
pub mod read_quotes;
pub mod refuse_tampering;
pub mod request_approval;
pub mod revise_quote;
pub mod send_quote;
pub mod set_authority;
pub mod settle_approval;
pub mod sign_contract;
pub mod submit_contract;
pub mod submit_quote;
pub mod verify_quote;
pub mod withdraw_approval;

// What lists are narrowed by; the HTTP layer knows operations only.
pub use crate::store::contracts::Filter as ContractFilter;
pub use crate::store::quotes::Filter as QuoteFilter;
