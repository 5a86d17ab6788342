//! What somebody wants to act on, as far as a decision depends on it.

use kernel::{OrgPath, TenantId};
use uuid::Uuid;

use crate::ResourceKind;

/// One record, or a place where one is about to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resource {
    pub kind: ResourceKind,
    pub tenant: TenantId,
    /// The node of the organisation that the record belongs to.
    pub org: OrgPath,
    /// The person or API client responsible; `None` when nobody is.
    pub owner: Option<Uuid>,
}

impl Resource {
    /// A record that somebody is responsible for.
    pub fn owned(kind: ResourceKind, tenant: TenantId, org: OrgPath, owner: Uuid) -> Self {
        Self { kind, tenant, org, owner: Some(owner) }
    }

    /// A record of a node that nobody is responsible for, such as a lead in a pool.
    pub fn unowned(kind: ResourceKind, tenant: TenantId, org: OrgPath) -> Self {
        Self { kind, tenant, org, owner: None }
    }

    /// Something the whole tenant shares, such as the product catalogue.
    pub fn tenant_wide(kind: ResourceKind, tenant: TenantId) -> Self {
        Self::unowned(kind, tenant, OrgPath::root())
    }
}
