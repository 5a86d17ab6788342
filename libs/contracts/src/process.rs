//! Published versions of process definitions: every service that has processes says the same in an event of its own.

use crate::Event;

/// An event that says which version of a process definition came into force.
pub trait ProcessPublication: Event {
    /// `sha256` is of the definition's text, in hexadecimal.
    fn of(name: String, definition_version: i32, sha256: String) -> Self;
}

macro_rules! process_publications {
    ($($module:ident)*) => {$(
        impl ProcessPublication for crate::$module::v1::ProcessPublished {
            fn of(name: String, definition_version: i32, sha256: String) -> Self {
                Self { name, definition_version, sha256 }
            }
        }
    )*};
}

process_publications! { lead_routing crm quote_contract collections }
