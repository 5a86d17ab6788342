//! SQL only.

pub mod bookings;
pub mod deliveries;
pub mod delivery_row;
pub mod details;
pub mod history;
pub mod links;
pub mod locks;
pub mod requests;
pub mod weeks;
