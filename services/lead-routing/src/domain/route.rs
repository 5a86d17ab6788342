//! Runs the rules over the people: who gets this lead, and why. Pure and deterministic.

use std::collections::HashMap;

use kernel::{OrgPath, Text};
use uuid::Uuid;

use super::availability::{Circumstances, Unfit, unfit};
use super::condition::Facts;
use super::explanation::{Considered, Explanation, RuleTried, Skipped};
use super::quota::{Standing, ranked};
use super::rep::{Rep, day_of};
use super::rule::{Fallback, Rule};

/// How many people are named in order, in case the first is being given another lead at this moment.
const RANKED: usize = 8;

/// How many leads a rule with percentages has given to whom.
pub type Splits = HashMap<(Uuid, Uuid), u64>;

/// Everything a decision depends on.
#[derive(Clone, Copy)]
pub struct Question<'a> {
    pub facts: &'a Facts,
    /// In order.
    pub rules: &'a [Rule],
    /// Everybody that a matching rule may choose from.
    pub reps: &'a [Rep],
    pub splits: &'a Splits,
    pub around: Circumstances<'a>,
}

/// Where a lead goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// To the first of these who can still take it.
    Reps(Vec<Uuid>),
    /// Nobody fits: to the person the rule names for that case.
    FallbackOwner(Uuid),
    /// Nobody fits: into the pool of a node, or of where the lead came in.
    Queue(Option<OrgPath>),
}

/// The outcome and its reasons.
#[derive(Clone, Debug)]
pub struct Decision {
    pub outcome: Outcome,
    /// The rule that decided: id, name, and whether it splits by percentage.
    pub rule: Option<DecidingRule>,
    pub explanation: Explanation,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecidingRule {
    pub id: Uuid,
    pub name: String,
    pub splits: bool,
}

/// The people that matching rules may choose from: by id, and by node.
pub fn reach(rules: &[Rule], facts: &Facts) -> (Vec<Uuid>, Vec<String>) {
    let matching = || rules.iter().filter(|rule| rule.enabled && rule.condition.mismatch(facts).is_none());
    let owners = matching().filter_map(|rule| match &rule.action.fallback {
        Some(Fallback::Owner(id)) => Some(*id),
        _ => None,
    });
    let people = matching().flat_map(|rule| rule.action.weights()).map(|(id, _)| id).chain(owners).collect();
    let nodes = matching().filter_map(|rule| rule.action.open_to()).map(String::from).collect();
    (people, nodes)
}

/// Tries the rules in order until one leads somewhere.
pub fn route(question: Question<'_>) -> Decision {
    let mut explanation = Explanation::default();
    for rule in question.rules.iter().filter(|rule| rule.enabled) {
        if let Some(reason) = rule.condition.mismatch(question.facts) {
            explanation.rules.push(tried(rule, "not_matched", not_matched(&reason)));
            continue;
        }
        let decided =
            Some(DecidingRule { id: rule.id, name: rule.name.clone(), splits: !rule.action.split.is_empty() });
        let order = choose(question, rule, &mut explanation);
        if !order.is_empty() {
            explanation.rules.push(tried(rule, "chosen", chosen()));
            explanation.choose(order[0]);
            return Decision { outcome: Outcome::Reps(order), rule: decided, explanation };
        }
        if let Some(outcome) = fall_back(question, rule, &mut explanation) {
            return Decision { outcome, rule: decided, explanation };
        }
        explanation.rules.push(tried(rule, "nobody_fits", nobody("继续下一条", "the next rule is tried")));
    }
    explanation
        .remarks
        .push(Text::new("没有规则能选出合适的人，进入待分配池", "no rule finds anybody: the lead waits in the pool"));
    Decision { outcome: Outcome::Queue(None), rule: None, explanation }
}

fn tried(rule: &Rule, result: &str, reason: Text) -> RuleTried {
    RuleTried { rule_id: rule.id, rule: rule.name.clone(), result: result.into(), reason }
}

fn not_matched(reason: &Text) -> Text {
    Text::new(format!("不符合，{}", reason.zh), format!("does not match, {}", reason.en))
}

fn chosen() -> Text {
    Text::new("符合，按负载选人", "matches, and chooses by load")
}

/// A rule that matches and finds nobody, and what happens then.
fn nobody(zh: &str, en: &str) -> Text {
    Text::new(format!("符合，但没有合适的人，{zh}"), format!("matches, but nobody fits: {en}"))
}

/// Everybody who fits, in the order in which they should be asked.
fn choose(question: Question<'_>, rule: &Rule, explanation: &mut Explanation) -> Vec<Uuid> {
    let mut fit: Vec<(&Rep, Standing)> = Vec::new();
    for (rep, weight) in candidates(question.reps, rule) {
        match unfit(rep, &rule.action, question.facts, question.around) {
            Some(reason) => explanation.skipped.push(skipped(rep, rule, &reason)),
            None => fit.push((rep, standing(question, rule, rep, weight))),
        }
    }
    let standings: Vec<Standing> = fit.iter().map(|(_, standing)| *standing).collect();
    let weights: f64 = standings.iter().map(|one| f64::from(one.weight)).sum();
    let day = day_of(question.around.now);
    explanation.considered =
        fit.iter().map(|(rep, standing)| considered(rep, standing, weights, rep.assigned_on(day))).collect();
    ranked(&standings, RANKED)
}

/// The people a rule names, or everybody in its node; in a stable order.
fn candidates<'a>(reps: &'a [Rep], rule: &Rule) -> Vec<(&'a Rep, u32)> {
    if let Some(node) = rule.action.open_to() {
        return reps.iter().filter(|rep| rep.org.is_within(&node)).map(|rep| (rep, 1)).collect();
    }
    let find = |id: Uuid| reps.iter().find(|rep| rep.person_id == id);
    rule.action.weights().into_iter().filter_map(|(id, weight)| Some((find(id)?, weight))).collect()
}

fn standing(question: Question<'_>, rule: &Rule, rep: &Rep, weight: u32) -> Standing {
    let load = if rule.action.split.is_empty() {
        rep.load_on(day_of(question.around.now))
    } else {
        question.splits.get(&(rule.id, rep.person_id)).copied().unwrap_or(0)
    };
    Standing { person_id: rep.person_id, weight, load, last_assigned_at: rep.last_assigned_at }
}

fn considered(rep: &Rep, standing: &Standing, weights: f64, assigned_today: i32) -> Considered {
    Considered {
        person_id: rep.person_id,
        name: rep.name.clone(),
        open: rep.open_count,
        open_limit: rep.open_limit,
        assigned_today,
        weight: standing.weight,
        load: standing.load,
        share: f64::from(standing.weight) / weights,
        chosen: false,
    }
}

/// Somebody passed over under a rule.
pub fn skipped(rep: &Rep, rule: &Rule, reason: &Unfit) -> Skipped {
    Skipped {
        person_id: rep.person_id,
        name: rep.name.clone(),
        rule: rule.name.clone(),
        code: reason.code().into(),
        reason: reason.sentence(),
    }
}

fn fall_back(question: Question<'_>, rule: &Rule, explanation: &mut Explanation) -> Option<Outcome> {
    match rule.action.fallback.as_ref()? {
        Fallback::Queue(node) => {
            let pool = nobody(&format!("进入 {node} 的待分配池"), &format!("the lead waits in the pool of {node}"));
            explanation.rules.push(tried(rule, "nobody_fits", pool));
            Some(Outcome::Queue(Some(node.clone())))
        }
        Fallback::Owner(id) => {
            let stays = question.reps.iter().any(|rep| rep.person_id == *id && rep.active);
            if !stays || question.around.without.contains(id) {
                return None;
            }
            let owner = nobody("交由规则指定的兜底负责人", "it goes to the person the rule names for that case");
            explanation.rules.push(tried(rule, "nobody_fits", owner));
            Some(Outcome::FallbackOwner(*id))
        }
    }
}
