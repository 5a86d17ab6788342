//! Every relation a reader can have to a record, and a reader in every role.

use authz::{Resource, ResourceKind};
use chrono::{DateTime, Utc};
use kernel::{Principal, PrincipalKind, Role, TenantId};
use uuid::Uuid;

pub const HERE: TenantId = TenantId(Uuid::from_u128(1));
pub const ELSEWHERE: TenantId = TenantId(Uuid::from_u128(2));
const READER: Uuid = Uuid::from_u128(10);
const COLLEAGUE: Uuid = Uuid::from_u128(11);

/// The reader stands at `/east/shanghai/`.
const PLACES: [(&str, TenantId, &str); 8] = [
    ("same team", HERE, "/east/shanghai/"),
    ("below", HERE, "/east/shanghai/pudong/"),
    ("sibling", HERE, "/east/hangzhou/"),
    ("sibling named alike", HERE, "/east/shanghai-2/"),
    ("above", HERE, "/east/"),
    ("root", HERE, "/"),
    ("another branch", HERE, "/west/"),
    ("other tenant", ELSEWHERE, "/east/shanghai/"),
];

const OWNERS: [(&str, Option<Uuid>); 3] =
    [("nobody's", None), ("own", Some(READER)), ("a colleague's", Some(COLLEAGUE))];

pub fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000, 0).expect("valid")
}

/// A principal holding `roles`, of the kind the first of them suggests.
pub fn reader(roles: &[Role]) -> Principal {
    let kind = match roles.first() {
        Some(Role::Service) => PrincipalKind::Service,
        Some(Role::Dealer) => PrincipalKind::ApiClient,
        _ => PrincipalKind::Person,
    };
    let org = "/east/shanghai/".parse().expect("path");
    Principal { kind, tenant: HERE, id: READER, org, roles: roles.to_vec(), stepped_up_until: None }
}

/// One record of `kind` per place and owner, with a name for messages.
pub fn records(kind: ResourceKind) -> Vec<(String, Resource)> {
    let mut records = Vec::new();
    for (place, tenant, org) in PLACES {
        for (whose, owner) in OWNERS {
            let org = org.parse().expect("path");
            records.push((format!("{whose}, {place}"), Resource { kind, tenant, org, owner }));
        }
    }
    records
}
