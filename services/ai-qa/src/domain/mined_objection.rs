//! Objections found in what customers said, for the library.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::scoring::Heard;
use super::suggestion::TrackIndex;

/// A sentence of the customer that sounds like an objection.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct MinedObjection {
    pub text: String,
    pub sentence: u32,
    pub start_ms: u32,
    pub end_ms: u32,
    /// The talk track that already answers one like it.
    pub known_as: Option<Uuid>,
    /// How sure, 0 to 1: by its words, and by its likeness to known objections.
    pub strength: f64,
}

/// The customer's objections in `heard`, in their order; nothing from doubtful sentences.
pub fn mined_objections(_heard: &[Heard], _known: &TrackIndex) -> Vec<MinedObjection> {
    Vec::new()
}
