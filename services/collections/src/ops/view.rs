//! What clients see.

use chrono::{DateTime, Utc};
use kernel::{Evidence, Money, OrgPath, Role, Text};
use serde::Serialize;
use uuid::Uuid;

use crate::config::Config;
use crate::domain::matching::Suggestion;
use crate::domain::plan::{Instalment, Part, overdue_before};
use crate::domain::receivable::{Receivable, State};
use crate::domain::statement::Direction;
use crate::domain::write_off::WriteOff;
use crate::store::blockers::Blocker;
use crate::store::entries::{Booked, EntryState};
use crate::store::payments::Payment;

/// A receivable in a list.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct ReceivableView {
    pub id: Uuid,
    pub contract_id: Uuid,
    pub contract_number: String,
    pub customer_id: Uuid,
    pub company: String,
    pub owner_id: Uuid,
    pub org: OrgPath,
    pub amount: Money,
    pub paid: Money,
    pub outstanding: Money,
    /// Received beyond the amount owed: unallocated credit.
    pub credit: Money,
    pub state: State,
    /// 0 before the first node, then 1 to 5.
    pub node: u8,
    /// The node's name, such as `invoice_received`.
    pub stage: &'static str,
    pub moved_at: DateTime<Utc>,
    pub expected_payment_at: Option<DateTime<Utc>>,
    pub opened_at: DateTime<Utc>,
    pub closed_at: Option<DateTime<Utc>>,
    pub version: i64,
}

/// A receivable with everything that belongs to it.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct ReceivableDetail {
    #[serde(flatten)]
    pub receivable: ReceivableView,
    pub plan: Vec<InstalmentView>,
    /// All five nodes; those not reached have no time.
    pub journey: Vec<NodeView>,
    pub payments: Vec<PaymentView>,
    pub open_blockers: Vec<BlockerView>,
    /// Blockers that were resolved, or fell away when the journey moved.
    pub closed_blockers: Vec<BlockerView>,
    /// The write-off that waits for its decision.
    pub write_off: Option<WriteOffView>,
    /// What to do next; nothing once nothing is owed.
    pub next_step: Option<Text>,
}

#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct InstalmentView {
    pub position: i16,
    /// `prepayment`, `on_delivery`, `net_30`, `retention` or `full`.
    pub kind: String,
    pub percent: i16,
    pub amount: Money,
    pub paid: Money,
    pub outstanding: Money,
    pub due_at: DateTime<Utc>,
    pub is_overdue: bool,
}

#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct NodeView {
    pub node: u8,
    pub stage: &'static str,
    pub title: Text,
    pub owner_id: Option<Uuid>,
    pub evidence: Vec<Evidence>,
    pub note: Option<String>,
    pub reached_at: Option<DateTime<Utc>>,
    pub reached_by: Option<Uuid>,
}

#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct PaymentView {
    pub id: Uuid,
    pub entry_id: Uuid,
    pub amount: Money,
    pub allocations: Vec<AllocationView>,
    pub unallocated: Money,
    /// `unallocated_credit` when something was beyond what is owed.
    pub credit_state: Option<&'static str>,
    pub bank_reference: Option<String>,
    pub booked_at: DateTime<Utc>,
    pub explanation: Vec<Text>,
    pub posted_by: Uuid,
    pub posted_at: DateTime<Utc>,
}

#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct AllocationView {
    /// The instalment.
    pub position: i16,
    pub amount: Money,
}

#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct BlockerView {
    pub code: String,
    pub title: Text,
    pub node: i16,
    pub opened_at: DateTime<Utc>,
    pub resolution: Option<String>,
    pub closed_at: Option<DateTime<Utc>>,
}

#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct WriteOffView {
    pub id: Uuid,
    pub amount: Money,
    pub reason: String,
    pub requested_by: Uuid,
    pub requested_role: Role,
    pub requested_at: DateTime<Utc>,
}

/// A bank entry.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct EntryView {
    pub id: Uuid,
    pub statement_id: Uuid,
    pub line: i32,
    pub account: String,
    pub booked_at: DateTime<Utc>,
    pub direction: Direction,
    pub amount: Money,
    pub bank_reference: Option<String>,
    pub end_to_end_id: Option<String>,
    pub counterparty: String,
    pub remittance: String,
    pub state: EntryState,
    /// Why it is in that state.
    pub explanation: Vec<Text>,
    /// Receivables that come into question, best first.
    pub suggestions: Vec<Suggestion>,
    pub receivable_id: Option<Uuid>,
    pub decided_by: Option<Uuid>,
    pub decided_at: Option<DateTime<Utc>>,
}

impl ReceivableView {
    pub fn of(receivable: &Receivable) -> Self {
        let one = receivable.clone();
        Self {
            id: one.id,
            contract_id: one.contract_id,
            outstanding: receivable.outstanding(),
            contract_number: one.contract_number,
            customer_id: one.customer_id,
            company: one.company,
            owner_id: one.owner_id,
            org: one.org,
            amount: one.amount,
            paid: one.paid,
            credit: one.credit,
            state: one.state,
            node: one.node.number(),
            stage: one.node.stage(),
            moved_at: one.moved_at,
            expected_payment_at: one.expected_payment_at,
            opened_at: one.opened_at,
            closed_at: one.closed_at,
            version: one.version,
        }
    }
}

impl InstalmentView {
    pub fn of(one: Instalment, now: DateTime<Utc>) -> Self {
        let outstanding = one.outstanding();
        Self {
            position: one.position,
            kind: one.kind,
            percent: one.percent,
            amount: one.amount,
            paid: one.paid,
            outstanding,
            due_at: one.due_at,
            is_overdue: outstanding.minor > 0 && one.due_at < overdue_before(now),
        }
    }
}

impl PaymentView {
    pub fn of((payment, parts): (Payment, Vec<Part>)) -> Self {
        let allocation = |part: Part| AllocationView { position: part.position, amount: part.amount };
        Self {
            id: payment.id,
            entry_id: payment.entry_id,
            amount: payment.amount,
            allocations: parts.into_iter().map(allocation).collect(),
            unallocated: payment.unallocated,
            credit_state: (payment.unallocated.minor > 0).then_some("unallocated_credit"),
            bank_reference: payment.bank_reference,
            booked_at: payment.booked_at,
            explanation: payment.explanation,
            posted_by: payment.posted_by,
            posted_at: payment.posted_at,
        }
    }
}

/// Blockers with the names the configuration gives them.
pub fn blocker_views(config: &Config, blockers: Vec<Blocker>) -> Vec<BlockerView> {
    let view = |blocker: Blocker| BlockerView {
        title: config.blocker_title(&blocker.code),
        code: blocker.code,
        node: blocker.node,
        opened_at: blocker.opened_at,
        resolution: blocker.resolution,
        closed_at: blocker.closed_at,
    };
    blockers.into_iter().map(view).collect()
}

impl WriteOffView {
    pub fn of(request: &WriteOff) -> Self {
        Self {
            id: request.id,
            amount: request.amount,
            reason: request.reason.clone(),
            requested_by: request.requested_by,
            requested_role: request.requested_role,
            requested_at: request.requested_at,
        }
    }
}

impl EntryView {
    pub fn of(entry: Booked) -> Self {
        Self {
            id: entry.id,
            statement_id: entry.statement_id,
            line: entry.line,
            account: entry.account,
            booked_at: entry.booked_at,
            direction: entry.direction,
            amount: entry.amount,
            bank_reference: entry.bank_reference,
            end_to_end_id: entry.end_to_end_id,
            counterparty: entry.counterparty,
            remittance: entry.remittance,
            state: entry.state,
            explanation: entry.explanation,
            suggestions: entry.suggestions,
            receivable_id: entry.receivable_id,
            decided_by: entry.decided_by,
            decided_at: entry.decided_at,
        }
    }
}
