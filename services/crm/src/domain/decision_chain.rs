//! Who at the customer decides, as far as a visit met them.

use kernel::choices;

choices! {
    /// A part somebody plays in the customer's decision.
    DecisionRole {
        /// 拍板人
        DecisionMaker = "decision_maker",
        /// 技术负责人
        TechnicalDirector = "technical_director",
        /// 采购
        Purchasing = "purchasing",
        /// 财务
        Finance = "finance",
        /// 使用人
        EndUser = "end_user",
        /// 影响者
        Influencer = "influencer",
        /// 尚未识别
        Unknown = "unknown",
    }
}

/// True when at least one part is known.
pub fn is_identified(chain: &[DecisionRole]) -> bool {
    chain.iter().any(|role| *role != DecisionRole::Unknown)
}

/// Everything met so far, each once, in the order of the list; `unknown` only while nothing else is.
pub fn merged(known: &[DecisionRole], met: &[DecisionRole]) -> Vec<DecisionRole> {
    let has = |role: &DecisionRole| known.contains(role) || met.contains(role);
    let all: Vec<_> = DecisionRole::ALL.iter().copied().filter(has).collect();
    if is_identified(&all) { all.into_iter().filter(|role| *role != DecisionRole::Unknown).collect() } else { all }
}

#[cfg(test)]
mod tests {
    use super::DecisionRole::{EndUser, Purchasing, Unknown};
    use super::*;

    #[test]
    fn unknown_gives_way() {
        assert_eq!(merged(&[Unknown], &[Purchasing, Purchasing]), [Purchasing]);
        assert_eq!(merged(&[], &[Unknown]), [Unknown]);
        assert_eq!(merged(&[EndUser], &[Purchasing]), [Purchasing, EndUser]);
        assert!(!is_identified(&[Unknown]));
    }
}
