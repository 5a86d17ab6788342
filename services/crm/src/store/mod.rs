//! SQL. Every function takes a connection inside the caller's transaction.

pub mod actions;
pub mod budgets;
pub mod conclusions;
pub mod contacts;
pub mod customers;
pub mod evidence;
pub mod facts;
pub mod history;
pub mod key_moments;
pub mod opportunities;
pub mod quotes;
pub mod repurchases;
mod stored;
pub mod visits;
pub mod voice_notes;
