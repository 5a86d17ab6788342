//! One use case per file.

mod checks;
mod turn;

pub mod answer_request;
pub mod capacity;
pub mod create_card;
pub mod decide_acceptance;
pub mod file_request;
pub mod first_pass;
pub mod issue_acceptance;
pub mod lock_capacity;
pub mod promise_delivery;
pub mod release_capacity;
pub mod schedule_delivery;
pub mod set_capacity;
pub mod show_acceptance;
pub mod show_delivery;
pub mod show_requests;
pub mod take_request;
pub mod watch_request;
