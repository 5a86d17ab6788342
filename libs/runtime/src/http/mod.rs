//! The HTTP edge every service shares: who calls, what they sent, how problems are answered.

mod body;
mod call;
mod idempotency;
mod layers;
mod nul;
mod page;
mod problem;
mod version;

pub use body::{Json, Path, Query};
pub use call::{Call, Visitor};
pub use page::{Page, PageQuery};
pub use problem::{ProblemBody, respond};
pub use version::{IfMatch, Versioned};

pub(crate) use call::Edge;
pub(crate) use layers::finish;
