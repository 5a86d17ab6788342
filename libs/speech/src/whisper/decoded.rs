//! The outcome of writing a clip down.

/// What was written of a clip.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Decoded {
    /// Text and times, without the tokens that steer.
    pub tokens: Vec<u32>,
    /// Of each token.
    pub log_probabilities: Vec<f32>,
    /// How good it is.
    pub quality: Quality,
}

/// Signs of good and bad text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Quality {
    /// Mean over the tokens and the end.
    pub mean_log_probability: f32,
    /// How many times smaller zlib makes the text.
    pub compression: f32,
    /// Probability that there is no speech.
    pub no_speech: f32,
    /// Of the attempt that was kept.
    pub temperature: f32,
    /// Whether it went in circles and was cut.
    pub circled: bool,
    /// Whether every attempt missed the limits.
    pub failed: bool,
}

impl Decoded {
    /// A good one beats a failed one, an honest end a circle, and then the likelier wins.
    pub(super) fn better(&self, old: &Self) -> bool {
        let rank = |decoded: &Self| (!decoded.quality.failed, !decoded.quality.circled);
        let likelier = self.quality.mean_log_probability > old.quality.mean_log_probability;
        rank(self) > rank(old) || rank(self) == rank(old) && likelier
    }
}
