//! The policy files, and which of their policies an action needs.

use cedar_policy::{ActionConstraint, EntityUid, Policy, PolicyId, PolicySet};

use super::{PolicyError, failed, type_name, uid};
use crate::Action;

const FILES: [(&str, &str); 16] = [
    ("guards", include_str!("../../policies/guards.cedar")),
    ("staff", include_str!("../../policies/staff.cedar")),
    ("sales_rep", include_str!("../../policies/sales_rep.cedar")),
    ("store_guide", include_str!("../../policies/store_guide.cedar")),
    ("sales_leadership", include_str!("../../policies/sales_leadership.cedar")),
    ("technical", include_str!("../../policies/technical.cedar")),
    ("product", include_str!("../../policies/product.cedar")),
    ("finance", include_str!("../../policies/finance.cedar")),
    ("legal", include_str!("../../policies/legal.cedar")),
    ("delivery", include_str!("../../policies/delivery.cedar")),
    ("sales_coach", include_str!("../../policies/sales_coach.cedar")),
    ("operations", include_str!("../../policies/operations.cedar")),
    ("auditor", include_str!("../../policies/auditor.cedar")),
    ("administrator", include_str!("../../policies/administrator.cedar")),
    ("dealer", include_str!("../../policies/dealer.cedar")),
    ("service", include_str!("../../policies/service.cedar")),
];

/// The group of every `…:read` action.
pub(super) const READ_GROUP: &str = "read";

/// All policies; each is named `file/number`.
pub(super) fn load_policies() -> Result<PolicySet, PolicyError> {
    let mut all = PolicySet::new();
    for (file, text) in FILES {
        let malformed = |reason: String| PolicyError::Malformed { file, reason };
        let parsed: PolicySet = text.parse().map_err(|error| malformed(format!("{error:?}")))?;
        for (number, policy) in parsed.policies().enumerate() {
            let named = policy.new_id(PolicyId::new(format!("{file}/{number}")));
            all.add(named).map_err(|error| malformed(error.to_string()))?;
        }
    }
    Ok(all)
}

/// Those that can apply to `action`.
pub(super) fn policies_for(action: Action, all: &PolicySet) -> Result<PolicySet, PolicyError> {
    let action_type = type_name("Action")?;
    let mut names = vec![uid(&action_type, action.as_str())];
    names.extend(action.is_read().then(|| uid(&action_type, READ_GROUP)));
    PolicySet::from_policies(all.policies().filter(|policy| can_apply(policy, &names)).cloned()).map_err(failed)
}

fn can_apply(policy: &Policy, names: &[EntityUid]) -> bool {
    match policy.action_constraint() {
        ActionConstraint::Any => true,
        ActionConstraint::Eq(one) => names.contains(&one),
        ActionConstraint::In(several) => several.iter().any(|one| names.contains(one)),
    }
}
