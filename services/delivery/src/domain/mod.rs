//! Pure types and rules.

pub mod delivery;
pub mod light;
pub mod link;
pub mod request;
pub mod week;

pub use delivery::{Delivery, State};
pub use light::{Light, Turn};
pub use link::Link;
pub use week::Week;
