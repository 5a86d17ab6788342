//! What a sentence encoder adds, where there is one.

/// A sentence encoder. Scoring works without; its part is small either way.
pub trait Semantics {
    /// Cosine similarity of each pair, -1 to 1, in their order.
    fn similarities(&self, pairs: &[(&str, &str)]) -> Vec<f32>;

    /// Name and checksum of the model, for the score.
    fn version(&self) -> &str;
}
