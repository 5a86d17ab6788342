//! May this principal do this, to that, now?

use chrono::{DateTime, Utc};
use kernel::Principal;

use crate::policies::{PolicyError, Verdict, engine};
use crate::{Action, Denied, Resource};

/// Decides one action. Whatever goes wrong in deciding is a refusal, and is logged.
///
/// [`Denied::StepUpRequired`] is answered exactly when the same request would be allowed with a second
/// factor given; everything else refused is [`Denied::Forbidden`].
pub fn check(principal: &Principal, now: DateTime<Utc>, action: Action, resource: &Resource) -> Result<(), Denied> {
    let stepped_up = principal.is_stepped_up(now);
    match decide(principal, stepped_up, action, resource) {
        Verdict::Allowed => Ok(()),
        // Only prohibitions look at the second factor.
        Verdict::Prohibited if !stepped_up && decide(principal, true, action, resource) == Verdict::Allowed => {
            Err(Denied::StepUpRequired { action })
        }
        Verdict::Prohibited | Verdict::NotPermitted => Err(Denied::Forbidden { action }),
    }
}

fn decide(principal: &Principal, stepped_up: bool, action: Action, resource: &Resource) -> Verdict {
    if resource.kind != action.kind() {
        return refuse(action, &PolicyError::Evaluation(format!("asked of a {}", resource.kind)));
    }
    match engine().and_then(|engine| engine.decide(principal, stepped_up, action, resource)) {
        Ok(verdict) => verdict,
        Err(error) => refuse(action, &error),
    }
}

fn refuse(action: Action, error: &PolicyError) -> Verdict {
    tracing::error!(%action, %error, "refused because the policies could not decide");
    Verdict::NotPermitted
}
