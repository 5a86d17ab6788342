//! The five nodes of the payment journey, and the stage before the first.

use serde::{Deserialize, Serialize};

/// How far a journey has come. Travels as its number, 0 to 5.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "i16", into = "i16")]
pub enum Node {
    /// The receivable exists; nothing has moved yet.
    Opened,
    InvoiceApplied,
    InvoiceReceived,
    PurchasingStarted,
    FinancePaid,
    BankReceived,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no node {0}; nodes are 1 to 5")]
pub struct UnknownNode(pub i16);

/// What the stages of a journey are called in its definition.
pub const STAGES: [&str; 6] =
    ["opened", "invoice_applied", "invoice_received", "purchasing_started", "finance_paid", "bank_received"];

const ALL: [Node; 6] = [
    Node::Opened,
    Node::InvoiceApplied,
    Node::InvoiceReceived,
    Node::PurchasingStarted,
    Node::FinancePaid,
    Node::BankReceived,
];

impl Node {
    pub fn number(self) -> u8 {
        self as u8
    }

    /// The node that follows; none after the last.
    pub fn next(self) -> Option<Self> {
        ALL.get(usize::from(self.number()) + 1).copied()
    }

    /// The stage of this node in the process definition.
    pub fn stage(self) -> &'static str {
        STAGES[usize::from(self.number())]
    }

    /// As people write it: ① to ⑤, and ⓪ before the first.
    pub fn mark(self) -> char {
        ['⓪', '①', '②', '③', '④', '⑤'][usize::from(self.number())]
    }
}

impl TryFrom<i16> for Node {
    type Error = UnknownNode;

    fn try_from(number: i16) -> Result<Self, UnknownNode> {
        usize::try_from(number).ok().and_then(|at| ALL.get(at).copied()).ok_or(UnknownNode(number))
    }
}

impl From<Node> for i16 {
    fn from(node: Node) -> Self {
        Self::from(node.number())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_back_and_others_are_refused() {
        for node in ALL {
            assert_eq!(Node::try_from(i16::from(node)), Ok(node));
        }
        assert_eq!(Node::try_from(6), Err(UnknownNode(6)));
        assert_eq!(Node::try_from(-1), Err(UnknownNode(-1)));
    }

    #[test]
    fn each_node_is_followed_by_the_next_number() {
        assert_eq!(Node::Opened.next(), Some(Node::InvoiceApplied));
        assert_eq!(Node::BankReceived.next(), None);
    }
}
