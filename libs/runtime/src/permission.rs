//! What somebody may do with a kind of thing that the whole company shares.

use authz::{Action, Denied, Resource};
use journal::{Caller, Journal};

/// Refuses unless the caller may do this throughout the company.
pub(crate) fn allow_tenant_wide(journal: &Journal, caller: &Caller, action: Action) -> Result<(), Denied> {
    let shared = Resource::tenant_wide(action.kind(), caller.tenant());
    authz::check(&caller.principal, journal.clock().now(), action, &shared)
}
