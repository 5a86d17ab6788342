//! SQL, one file per table.

pub mod accesses;
pub mod objections;
pub mod parts;
pub mod recordings;
pub mod reviews;
mod stored;

use chrono::{DateTime, Utc};
use uuid::Uuid;

/// The place in a list, newest first, after which a page starts.
pub type After = Option<(DateTime<Utc>, Uuid)>;
