//! The vocabulary every other crate shares: ids, time, money, organisation scope, principals,
//! evidence and problems. No I/O happens here.

pub mod choice;
pub mod clock;
pub mod evidence;
pub mod id;
pub mod money;
pub mod org;
pub mod principal;
pub mod problem;
pub mod reason;
pub mod text;

pub use clock::Clock;
pub use evidence::{Evidence, EvidenceKind};
pub use id::{IdSource, PersonId, TenantId};
pub use money::{Currency, Money};
pub use org::{OrgPath, Scope};
pub use principal::{Principal, PrincipalKind, Role};
pub use problem::{AsProblem, FieldError, Kind, Problem};
pub use reason::Reason;
pub use text::Text;
