//! SQL, one file per table.

pub mod accesses;
pub mod calibrations;
pub mod candidates;
pub mod comments;
pub mod comparison_sheets;
pub mod conclusions;
pub mod examples;
pub mod judgements;
pub mod objections;
pub mod parts;
pub mod practices;
pub mod price_facts;
pub mod recordings;
pub mod reviews;
pub mod scores;
pub mod sentences;
mod stored;
pub mod talk_tracks;
pub mod transcripts;
pub mod turns;

use chrono::{DateTime, Utc};
use uuid::Uuid;

/// The place in a list, newest first, after which a page starts.
pub type After = Option<(DateTime<Utc>, Uuid)>;
