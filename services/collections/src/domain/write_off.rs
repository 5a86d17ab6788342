//! Giving up what is still owed takes two people in two roles.

use chrono::{DateTime, Utc};
use kernel::{Money, Role};
use uuid::Uuid;

/// A request that waits for, or has had, its decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WriteOff {
    pub id: Uuid,
    /// What was owed when it was asked for.
    pub amount: Money,
    pub reason: String,
    pub requested_by: Uuid,
    pub requested_role: Role,
    pub requested_at: DateTime<Utc>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotYours {
    #[error("nobody decides their own request")]
    OwnRequest,
    #[error("the second role must differ from the first")]
    SameRole,
    #[error("what is owed has changed since the request")]
    AmountChanged,
}

impl WriteOff {
    /// Whether this person, in this role, may decide; to confirm, the amount must still be the one asked for.
    pub fn check(&self, by: Uuid, role: Role, outstanding: Money, confirms: bool) -> Result<(), NotYours> {
        if by == self.requested_by {
            return Err(NotYours::OwnRequest);
        }
        if role == self.requested_role {
            return Err(NotYours::SameRole);
        }
        if confirms && outstanding != self.amount {
            return Err(NotYours::AmountChanged);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_people_in_two_roles_decide_about_an_unchanged_amount() {
        let one = Uuid::from_u128(1);
        let two = Uuid::from_u128(2);
        let request = WriteOff {
            id: Uuid::nil(),
            amount: Money::cny(5),
            reason: "客户破产".into(),
            requested_by: one,
            requested_role: Role::SalesManager,
            requested_at: DateTime::from_timestamp(0, 0).expect("valid"),
        };
        assert_eq!(request.check(one, Role::Finance, Money::cny(5), true), Err(NotYours::OwnRequest));
        assert_eq!(request.check(two, Role::SalesManager, Money::cny(5), true), Err(NotYours::SameRole));
        assert_eq!(request.check(two, Role::Finance, Money::cny(4), true), Err(NotYours::AmountChanged));
        assert_eq!(request.check(two, Role::Finance, Money::cny(4), false), Ok(()));
        assert_eq!(request.check(two, Role::Finance, Money::cny(5), true), Ok(()));
    }
}
