//! May a receivable reach a node? The definition decides; evidence moves it, words do not.

use kernel::{Evidence, EvidenceKind, FieldError, Kind, Problem, Text};
use process::Definition;
use process::gate::{Attempt, Closed, Passage, pass_without_approvals};

use serde_json::{Value, json};
use uuid::Uuid;

use super::node::Node;
use super::receivable::Receivable;

/// The name of the process definition.
pub const DEFINITION: &str = "payment_journey";
/// The evidence that only a matched bank payment brings.
pub const BANK_RECEIPT: &str = "bank_receipt";
/// The evidence that the invoice application brings.
pub const INVOICE_APPLICATION: &str = "invoice_application";

/// A move that somebody asked for and that the journey does not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WrongNode {
    #[error("the next node is {next}, not {asked}")]
    NotNext { next: u8, asked: u32 },
    #[error("only a matched bank payment reaches the last node")]
    OnlyByBankPayment,
    #[error("the journey has ended")]
    Ended,
}

/// The node a person asks for, when it is the next one and not the bank's to reach.
pub fn asked_node(at: Node, asked: u32) -> Result<Node, WrongNode> {
    let next = at.next().ok_or(WrongNode::Ended)?;
    if asked == u32::from(Node::BankReceived.number()) {
        return Err(WrongNode::OnlyByBankPayment);
    }
    if asked != u32::from(next.number()) {
        return Err(WrongNode::NotNext { next: next.number(), asked });
    }
    Ok(next)
}

/// Judges the move of a receivable to a node.
pub fn judge<'d>(
    definition: &'d Definition,
    receivable: &Receivable,
    to: Node,
    owner: Uuid,
    evidence: &[Evidence],
) -> Result<Passage<'d>, Closed> {
    let facts = facts(receivable, owner);
    let attempt = Attempt { from: receivable.node.stage(), to: to.stage(), facts: &facts, evidence };
    pass_without_approvals(definition, attempt)
}

/// A receivable as the definition's conditions read it, with who would be responsible for the next node.
pub fn facts(receivable: &Receivable, owner: Uuid) -> Value {
    json!({ "owner": owner, "outstanding_minor": receivable.outstanding().minor })
}

/// A refusal by the gate. Where evidence is missing, that is what the client is told first.
pub fn refusal(closed: &Closed) -> Problem {
    let evidence_missing = closed.missing.iter().any(|missing| missing.code == "evidence_missing");
    if !evidence_missing {
        return kernel::AsProblem::problem(closed);
    }
    Problem::new(
        Kind::Refused,
        "evidence_missing",
        "缺少证据，口头答复不能推动节点",
        "evidence is missing: words alone move nothing",
    )
    .with_fields(closed.missing.clone())
}

/// What is wrong with a carrier of evidence as a client sent it.
pub fn check_evidence(evidence: &Evidence) -> Vec<FieldError> {
    let mut errors = Vec::new();
    if evidence.reference.chars().count() > 500 {
        let reason = Text::new("不超过 500 个字符", "must not be longer than 500 characters");
        errors.push(FieldError::new("evidence.reference", "too_long", reason));
    }
    if evidence.sha256.as_deref().is_some_and(|hash| !is_sha256(hash)) {
        let reason = Text::new("须为 64 位小写十六进制", "must be 64 lower-case hexadecimal digits");
        errors.push(FieldError::new("evidence.sha256", "malformed", reason));
    }
    if evidence.kind == EvidenceKind::Payment {
        let reason = Text::new("到账证据只能来自银行对账单", "payments are proven by bank statements only");
        errors.push(FieldError::new("evidence.kind", "not_allowed", reason));
    }
    errors
}

fn is_sha256(hash: &str) -> bool {
    hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}

#[cfg(test)]
pub(crate) mod tests {
    use chrono::DateTime;
    use kernel::{Money, OrgPath, TenantId};
    use proptest::prelude::*;

    use super::super::receivable::State;
    use super::*;

    pub(crate) fn definition() -> Definition {
        Definition::parse(include_str!("../../process/journey.yaml")).unwrap_or_else(|error| panic!("{error}"))
    }

    pub(crate) fn receivable(node: Node, paid: i64) -> Receivable {
        let at = DateTime::from_timestamp(1_800_000_000, 0).expect("valid");
        Receivable {
            id: Uuid::from_u128(1),
            tenant: TenantId(Uuid::from_u128(2)),
            contract_id: Uuid::from_u128(3),
            contract_number: "HT-2027-0001".into(),
            customer_id: Uuid::from_u128(4),
            company: "云杉医院".into(),
            owner_id: Uuid::from_u128(5),
            org: OrgPath::root(),
            amount: Money::cny(1_000),
            paid: Money::cny(paid),
            credit: Money::cny(0),
            state: State::Open,
            node,
            moved_at: at,
            expected_payment_at: None,
            stall_generation: 0,
            version: 2,
            opened_at: at,
            closed_at: None,
        }
    }

    fn evidence(kind: EvidenceKind, name: &str, reference: &str) -> Evidence {
        Evidence { kind, name: name.into(), reference: reference.into(), sha256: None }
    }

    fn codes(closed: &Closed) -> Vec<&str> {
        closed.missing.iter().map(|missing| missing.code.as_str()).collect()
    }

    #[test]
    fn each_node_asks_for_its_own_evidence() {
        let definition = definition();
        let owner = Uuid::from_u128(5);
        let needed = [
            (Node::Opened, INVOICE_APPLICATION, EvidenceKind::Link, "application"),
            (Node::InvoiceApplied, "invoice_receipt", EvidenceKind::File, "receipts/1.pdf"),
            (Node::InvoiceReceived, "purchasing_order_no", EvidenceKind::Text, "CG-2027-0113"),
            (Node::PurchasingStarted, "payment_voucher", EvidenceKind::File, "vouchers/1.pdf"),
        ];
        for (at, name, kind, reference) in needed {
            let (receivable, to) = (receivable(at, 0), at.next().expect("a next node"));
            let closed = judge(&definition, &receivable, to, owner, &[]).expect_err("nothing shown");
            assert_eq!(codes(&closed), ["evidence_missing"]);
            assert!(closed.missing.iter().all(|missing| missing.remedy.is_some()));
            judge(&definition, &receivable, to, owner, &[evidence(kind, name, reference)]).expect("proven");
        }
    }

    #[test]
    fn words_move_nothing() {
        let definition = definition();
        let words = [evidence(EvidenceKind::Text, "purchasing_order_no", "客户答应了")];
        let closed =
            judge(&definition, &receivable(Node::InvoiceReceived, 0), Node::PurchasingStarted, Uuid::nil(), &words);
        assert_eq!(codes(&closed.expect_err("words")), ["gate_closed"]);
        let words = [evidence(EvidenceKind::Text, "invoice_receipt", "客户答应了 2027")];
        let closed =
            judge(&definition, &receivable(Node::InvoiceApplied, 0), Node::InvoiceReceived, Uuid::nil(), &words);
        assert_eq!(refusal(&closed.expect_err("words")).code, "evidence_missing");
    }

    #[test]
    fn people_reach_the_next_node_only_and_never_the_last() {
        assert_eq!(asked_node(Node::InvoiceApplied, 2), Ok(Node::InvoiceReceived));
        assert_eq!(asked_node(Node::InvoiceApplied, 3), Err(WrongNode::NotNext { next: 2, asked: 3 }));
        assert_eq!(asked_node(Node::FinancePaid, 5), Err(WrongNode::OnlyByBankPayment));
        assert_eq!(asked_node(Node::Opened, 5), Err(WrongNode::OnlyByBankPayment));
        assert_eq!(asked_node(Node::BankReceived, 6), Err(WrongNode::Ended));
    }

    proptest! {
        #[test]
        fn the_last_node_opens_exactly_when_bank_payments_cover_everything(at in 0_i16..5, paid in 0_i64..=1_000) {
            let definition = definition();
            let proof = [evidence(EvidenceKind::Payment, BANK_RECEIPT, "p1")];
            let receivable = receivable(Node::try_from(at).expect("a node"), paid);
            let passed = judge(&definition, &receivable, Node::BankReceived, Uuid::nil(), &proof).is_ok();
            prop_assert_eq!(passed, paid == 1_000);
            prop_assert!(judge(&definition, &receivable, Node::BankReceived, Uuid::nil(), &[]).is_err());
        }

        #[test]
        fn no_node_can_be_skipped(at in 0_i16..5, asked in 0_u32..8) {
            let at = Node::try_from(at).expect("a node");
            let found = asked_node(at, asked);
            prop_assert_eq!(found.is_ok(), asked == u32::from(at.number()) + 1 && asked < 5);
        }
    }
}
