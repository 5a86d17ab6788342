//! Operations write a rule as a sentence.

use authz::{Action, Resource, ResourceKind};
use journal::Caller;
use kernel::Scope;
use serde::{Deserialize, Serialize};

use crate::app::State;
use crate::domain::condition::Condition;
use crate::domain::rule;
use crate::domain::sentence::{self, Person};
use crate::error::LeadError;
use crate::store;

const LONGEST: usize = 1_000;

#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RuleSentence {
    #[schema(example = "预算>20万且来自官网的线索，优先分给张伟或李娜", max_length = 1000)]
    pub sentence: String,
}

/// What the sentence means. Nothing is stored.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct UnderstoodRule {
    pub condition: Condition,
    pub action: rule::Action,
    /// The same rule, said plainly.
    pub plain: String,
}

/// Refused with the exact word that is not clear: the error's field is `sentence[3..5]`, in characters.
pub async fn read_rule_sentence(
    state: &State,
    caller: &Caller,
    written: RuleSentence,
) -> Result<UnderstoodRule, LeadError> {
    let rules = Resource::tenant_wide(ResourceKind::RoutingRule, caller.tenant());
    authz::check(&caller.principal, state.clock.now(), Action::RoutingRuleWrite, &rules)?;
    if written.sentence.chars().count() > LONGEST {
        let (zh, en) = ("不得超过 1000 个字", "must have at most 1,000 characters");
        return Err(LeadError::field("sentence", "too_long", zh, en));
    }
    let mut tx = state.journal.read(&caller.principal, Scope::All).await?;
    let people = people(store::reps::list(&mut tx).await?);
    let (condition, action) = sentence::parse(&written.sentence, &people)
        .map_err(|unclear| LeadError::Invalid(vec![unclear.error("sentence")]))?;
    let plain = sentence::plain(&condition, &action, &people);
    Ok(UnderstoodRule { condition, action, plain })
}

/// Those who can be named: who has left, cannot.
fn people(reps: Vec<crate::domain::rep::Rep>) -> Vec<Person> {
    let active = reps.into_iter().filter(|rep| rep.active);
    active.map(|rep| Person { id: rep.person_id, name: rep.name }).collect()
}
