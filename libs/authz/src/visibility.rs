//! The rule of row-level security in Rust.

use kernel::{Principal, Scope};

use crate::Resource;

/// What `sluice_visible` answers in SQL for `resource`'s row, in a transaction limited to `scope`: the rule that
/// the tests hold both PostgreSQL and the policies to.
pub fn is_visible(principal: &Principal, scope: Scope, resource: &Resource) -> bool {
    let own = resource.owner == Some(principal.id);
    resource.tenant == principal.tenant
        && match scope {
            Scope::None => false,
            Scope::Own => own,
            Scope::Team => resource.org == principal.org || own,
            Scope::Subtree => resource.org.is_within(&principal.org) || own,
            Scope::All => true,
        }
}
