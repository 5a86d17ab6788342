//! The two ways of being told no.

use kernel::{AsProblem, Kind, Problem};

use crate::Action;

/// Why an action is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Denied {
    /// No role of the principal allows it on this resource.
    #[error("{action} is not allowed")]
    Forbidden { action: Action },
    /// Allowed as soon as a second factor is given.
    #[error("{action} needs a second factor")]
    StepUpRequired { action: Action },
}

impl AsProblem for Denied {
    fn problem(&self) -> Problem {
        match self {
            Self::Forbidden { action } => Problem::new(
                Kind::Forbidden,
                "forbidden",
                format!("您没有执行此操作的权限（{action}）"),
                format!("you are not allowed to do this ({action})"),
            ),
            Self::StepUpRequired { action } => Problem::new(
                Kind::StepUp,
                "step_up_required",
                format!("此操作需要二次验证（{action}）"),
                format!("this needs your second factor ({action})"),
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clients_can_tell_the_two_apart() {
        let action = Action::ReceivableWriteOff;
        let codes = [Denied::Forbidden { action }, Denied::StepUpRequired { action }].map(|d| d.problem().code);
        assert_eq!(codes, ["forbidden", "step_up_required"]);
        assert_eq!(Denied::StepUpRequired { action }.problem().kind, Kind::StepUp);
    }
}
