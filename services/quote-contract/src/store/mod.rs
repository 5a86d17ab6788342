//! SQL only. Every function works inside the caller's transaction, limited by row-level security.

pub mod approval_cases;
pub mod authorities;
pub mod clauses;
pub mod contract_clauses;
pub mod contracts;
pub mod counters;
pub mod invoices;
pub mod products;
pub mod quotes;
pub mod revisions;
pub mod signatures;

use crate::error::Error;

/// Reads a stored value that must parse; damage is reported with the column's name.
pub(crate) fn parsed<T: std::str::FromStr>(what: &'static str, text: &str) -> Result<T, Error>
where
    T::Err: std::fmt::Display,
{
    text.parse().map_err(|error: T::Err| Error::Corrupt(what, error.to_string()))
}
