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

// What lists are narrowed by and made of; the layers above know operations only.
pub use crate::store::deliveries::Filter as DeliveryFilter;
pub use crate::store::details::{Line, Payment};
pub use crate::store::locks::CapacityLock;
pub use crate::store::requests::Filter as RequestFilter;
pub use crate::store::weeks::Load;
