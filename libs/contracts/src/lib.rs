//! The contract language between services: every event's payload and every internal RPC, generated
//! from `proto/`, plus the streams and subjects they travel on.

pub mod custom_field;
pub mod generated;
pub mod money;
pub mod process;
pub mod subjects;
pub mod text;

pub use custom_field::{ChangedField, CustomFieldChange};
pub use generated::*;
pub use pbjson_types::Timestamp;
pub use process::ProcessPublication;
pub use subjects::{EVENTS, Event, EventKind, SERVICES, stream_of};
