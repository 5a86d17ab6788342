//! What other services' events lead to here; one event per file.

pub mod open_repurchase_lead;
