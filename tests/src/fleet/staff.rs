//! The fleet's organisation: one person for every role, all of them at the root.

use std::fmt::Write as _;

use kernel::{OrgPath, Principal, PrincipalKind, Role};
use uuid::Uuid;

use super::TENANT;

/// The person who holds `role`, with a second factor that was given a moment ago.
pub fn person(role: Role, now: chrono::DateTime<chrono::Utc>) -> Principal {
    Principal {
        kind: PrincipalKind::Person,
        tenant: TENANT,
        id: id(role),
        org: OrgPath::root(),
        roles: vec![role],
        stepped_up_until: Some(now + chrono::Duration::minutes(5)),
    }
}

/// With this an administrator's system gets through the gateway's own door, where no token opens.
pub const ADMINISTRATOR_KEY: &str = "slk_fleet_guanliyuan-xitong-yanshi-miyao";

pub fn id(role: Role) -> Uuid {
    let number = Role::ALL.iter().position(|known| *known == role).expect("a role of the catalogue");
    Uuid::from_u128(0x57af_f000 + u128::try_from(number).expect("small"))
}

/// The file from which the gateway loads the organisation.
pub fn organisation() -> String {
    let mut text = format!("tenant: {{ id: {TENANT}, slug: fleet, name: 澜湾（演示） }}\norg_units: []\npeople:\n");
    for role in Role::ALL.into_iter().filter(|role| *role != Role::Service) {
        let (id, name) = (id(role), role.as_str());
        writeln!(text, "  - {{ id: {id}, login: {name}, name: {name}, org: /, roles: [{name}] }}")
            .expect("written to memory");
    }
    let key = ADMINISTRATOR_KEY;
    text + &format!("api_keys:\n  - {{ name: 管理员系统, role: administrator, org: /, key: {key} }}\n")
}
