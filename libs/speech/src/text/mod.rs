//! From what a recogniser hears to what people read: simplified characters, written numbers, no personal
//! numbers.

mod accuracy;
mod digits;
mod itn;
mod mask;
mod numeral;
mod simplify;

pub use accuracy::Accuracy;
#[cfg(feature = "recogniser")]
pub(crate) use digits::is_open;
pub use itn::{Edit, edits, written};
pub use mask::{Found, Masked, Secret, mask};
pub use simplify::simplify;

/// The three steps in their order: [`simplify`], [`written`], [`mask`]. Nothing may read a transcript before.
pub fn tidy(heard: &str) -> Masked {
    mask(&written(&simplify(heard)))
}
