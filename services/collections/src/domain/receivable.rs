//! What one customer owes for one contract.

use authz::{Resource, ResourceKind};
use chrono::{DateTime, Utc};
use kernel::{Money, OrgPath, TenantId, choices};
use uuid::Uuid;

use super::node::Node;

/// One receivable as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receivable {
    pub id: Uuid,
    pub tenant: TenantId,
    pub contract_id: Uuid,
    pub contract_number: String,
    pub customer_id: Uuid,
    pub company: String,
    pub owner_id: Uuid,
    pub org: OrgPath,
    pub amount: Money,
    /// What payments have filled of the instalments; never more than `amount`.
    pub paid: Money,
    /// What was received beyond the amount: unallocated credit.
    pub credit: Money,
    pub state: State,
    pub node: Node,
    /// When the journey last reached a node.
    pub moved_at: DateTime<Utc>,
    pub expected_payment_at: Option<DateTime<Utc>>,
    /// The generation of the stall timer that counts.
    pub stall_generation: i32,
    pub version: i64,
    pub opened_at: DateTime<Utc>,
    pub closed_at: Option<DateTime<Utc>>,
}

choices! {
    State {
        /// Something is still owed.
        Open = "open",
        /// Paid to the last fen.
        Cleared = "cleared",
        /// Paid, and more than that: the rest is unallocated credit.
        Overpaid = "overpaid",
        /// The rest was given up by two roles.
        WrittenOff = "written_off",
    }
}

impl Receivable {
    pub fn is_open(&self) -> bool {
        self.state == State::Open
    }

    /// What is still owed.
    pub fn outstanding(&self) -> Money {
        Money::new(self.amount.minor - self.paid.minor, self.amount.currency)
    }

    /// The version of the event about to be recorded.
    pub fn next_version(&mut self) -> i64 {
        self.version += 1;
        self.version
    }

    /// Takes what a payment filled and what it left over; answers whether this clears the receivable.
    pub fn take(&mut self, allocated: Money, unallocated: Money) -> Result<bool, kernel::money::MoneyError> {
        let was_open = self.is_open();
        self.paid = self.paid.checked_add(allocated)?;
        self.credit = self.credit.checked_add(unallocated)?;
        if self.outstanding().minor == 0 {
            self.state = if self.credit.minor > 0 { State::Overpaid } else { State::Cleared };
        }
        Ok(was_open && !self.is_open())
    }

    /// What authorisation decides on.
    pub fn resource(&self) -> Resource {
        Resource::owned(ResourceKind::Receivable, self.tenant, self.org.clone(), self.owner_id)
    }
}
