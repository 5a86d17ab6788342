//! Who may do what, and who sees what.
//!
//! - [`check`] decides one action on one resource with the Cedar policies in `policies/`.
//! - [`list_scope`] and [`apply_scope`] decide which rows a list shows; PostgreSQL enforces it with the
//!   functions of `migrations/`. A generated test keeps lists and [`check`] in agreement.
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
pub use visibility::{MIGRATOR, apply_scope, apply_system};
