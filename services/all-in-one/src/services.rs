//! The nine services, in the order in which they are started.

use runtime::Definition;

/// Every service of the suite.
pub fn all() -> [Definition; 9] {
    [
        lead_routing::definition(),
        crm::definition(),
        quote_contract::definition(),
        delivery::definition(),
        collections::definition(),
        notifier::definition(),
        ai_qa::definition(),
        analytics::definition(),
        gateway::definition(),
    ]
}
