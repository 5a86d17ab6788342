//! SQL of the engine's tables. Every function works inside the caller's transaction, whose
//! `sluice.tenant` setting row-level security checks again.

mod approvals;
mod calendar_years;
mod definitions;
mod rows;

pub use approvals::{insert_approval, load_approval, lock_approval, save_approval, subject_approvals, waiting_for};
pub use calendar_years::{load_calendar, load_year};
pub use definitions::{Definitions, PublishedVersion, source, versions};
