//! Who may do what, and who sees what.
//!
//! - [`check`] decides one action on one resource with the Cedar policies in `policies/`.
//! - [`list_scope`] decides which rows a list shows; row-level security enforces it in every transaction that the
//!   journal opens. A generated test keeps lists and [`check`] in agreement.
//! - [`totp`] is the second factor, [`token`] the signed principal that services trust.

mod action;
mod check;
mod denied;
mod list_scope;
mod policies;
mod resource;
pub mod token;
pub mod totp;
pub mod visibility;

pub use action::{Action, ResourceKind};
pub use check::check;
pub use denied::Denied;
pub use list_scope::list_scope;
pub use policies::{PolicyError, ready};
pub use resource::Resource;
