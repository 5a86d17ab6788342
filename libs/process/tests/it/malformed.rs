//! One small change to a valid definition per case; the line and the reason are asserted.

use process::Definition;

use crate::support::readme_yaml;

/// Replaces the first `from`, and returns the 1-based line it stood on with what was found wrong.
fn broken(from: &str, to: &str) -> (u64, Vec<(u64, String)>) {
    let yaml = readme_yaml();
    let at = yaml.find(from).expect("the text to break");
    let line = yaml[..at].matches('\n').count() as u64 + 1;
    let errors = Definition::parse(&yaml.replacen(from, to, 1)).expect_err("refused").0;
    (line, errors.into_iter().map(|error| (error.line, error.reason.en)).collect())
}

fn assert_refused(from: &str, to: &str, reason: &str) {
    let (line, errors) = broken(from, to);
    let found = errors.iter().any(|(at, en)| *at == line && en.contains(reason));
    assert!(found, "{from:?} → {to:?}: expected {reason:?} on line {line}, got {errors:?}");
}

#[test]
fn unknown_stage() {
    assert_refused("from: quoted, to: won", "from: quoted, to: wonn", "unknown stage \"wonn\"");
}

#[test]
fn unknown_required_field() {
    assert_refused("requires: [budget.amount]", "requires: [budget.total]", "unknown field \"budget.total\"");
}

#[test]
fn unknown_evidence_and_evidence_kind() {
    assert_refused("evidence: [technical_confirmation]", "evidence: [rumour]", "unknown evidence \"rumour\"");
    assert_refused("kinds: [file, recording]", "kinds: [file, hearsay]", "unknown evidence kind \"hearsay\"");
}

#[test]
fn unknown_key() {
    assert_refused("next_action:", "next_actoin:", "next_actoin");
}

#[test]
fn unknown_role_policy_and_clock() {
    assert_refused("roles: [sales_manager, finance]", "roles: [sales_manager, king]", "unknown role \"king\"");
    assert_refused("policy: in_order", "policy: most", "unknown policy \"most\"");
    assert_refused("clock: elapsed", "clock: lunar", "unknown clock \"lunar\"");
}

#[test]
fn bad_duration() {
    assert_refused("after: 48h", "after: soon", "\"soon\" is not a length of time");
    assert_refused("{ after: 2h", "{ after: 2weeks", "\"2weeks\" is not a length of time");
}

#[test]
fn duplicated_ids() {
    assert_refused("id: quoted, title", "id: qualified, title", "the stage \"qualified\" is there twice");
    assert_refused("id: visits", "id: discount_percent", "the field \"discount_percent\" is there twice");
    assert_refused("from: quoted, to: lost", "from: quoted, to: won", "the transition \"quoted → won\" is there twice");
}

#[test]
fn unreachable_stage_is_reported_where_it_is_declared() {
    let (_, errors) = broken("from: quoted, to: won", "from: quoted, to: qualified");
    let line = readme_yaml().lines().position(|line| line.contains("id: won")).expect("declared") as u64 + 1;
    assert!(errors.iter().any(|(at, en)| *at == line && en.contains("\"won\" cannot be reached")), "{errors:?}");
}

#[test]
fn a_stage_without_a_way_out() {
    assert_refused(
        "id: won, title: { zh: 赢单, en: Won }, end: true",
        "id: won, title: { zh: 赢单, en: Won }",
        "nothing leads out",
    );
}

#[test]
fn a_move_without_a_next_action() {
    let yaml = readme_yaml();
    let (head, rest) = yaml.split_once("    next_action:").expect("there");
    let tail = rest.split_once("  - { from: quoted").expect("there").1;
    let errors = Definition::parse(&format!("{head}  - {{ from: quoted{tail}")).expect_err("refused").0;
    let line = yaml.lines().position(|line| line.contains("- from: qualified")).expect("there") as u64 + 1;
    assert!(errors.iter().any(|one| one.line == line && one.reason.en.contains("next action")), "{errors:?}");
}

#[test]
fn an_identifier_that_is_none() {
    assert_refused("id: visited_twice", "id: Visited-Twice", "is no identifier");
}

#[test]
fn a_version_that_is_none() {
    assert_refused("version: 1", "version: 0", "versions start at 1");
    assert_refused("version: 1", "version: one", "");
}

#[test]
fn an_empty_sentence() {
    assert_refused("zh: 登记第二次拜访", "zh: ''", "the text is empty");
}

#[test]
fn bad_cel_is_reported_at_its_position() {
    let (line, _) = broken("condition: size(facts.visits) >= 2", "condition: size(facts.visits >= 2");
    let yaml = readme_yaml().replacen("size(facts.visits) >= 2", "size(facts.visits) >= ) 2", 1);
    let errors = Definition::parse(&yaml).expect_err("refused").0;
    let text = yaml.lines().nth(line as usize - 1).expect("the line");
    let column = text.find(") 2").expect("the bracket") as u64 + 1;
    assert!(errors.iter().any(|one| one.line == line && one.column == column), "{column}: {errors:?}");
}

#[test]
fn bad_cel_in_quotes_and_in_a_block_keeps_its_line() {
    assert_refused("condition: size(facts.visits) >= 2", "condition: \"size(facts.visits) >= \"", "condition, line 1");
    let block = "condition: |\n          size(facts.visits) >= 2 &&\n          facts.nothing";
    let (line, errors) = broken("condition: size(facts.visits) >= 2", block);
    assert!(errors.iter().any(|(at, en)| *at == line + 2 && en.contains("unknown field \"nothing\"")), "{errors:?}");
}

#[test]
fn conditions_read_declared_facts_through_known_functions_within_bounds() {
    let cases = [
        ("facts.visit == 1", "unknown field \"visit\""),
        ("budget > 1", "unknown variable \"budget\""),
        ("now() > 1", "unknown function \"now\""),
        ("facts.visits.all(a, facts.visits.all(b, facts.visits.all(c, a == b && b == c)))", "nest too deeply"),
        ("facts.visits.all(a, facts.visits.all(b, b.matches(a)))", "no regular expressions in the inner loop"),
        ("facts.visits.all(a, facts.visits.map(b, a) != [])", "no map or filter in the inner loop"),
        ("facts.visits.all(a, facts.visits.filter(b, a == b) != [])", "no map or filter in the inner loop"),
        ("size(facts.visits+facts.visits+['']+['']+['']+['']) > 0", "too many additions"),
    ];
    for (condition, reason) in cases {
        assert_refused(
            "condition: size(facts.visits) >= 2",
            &format!("condition: {}", serde_json::to_string(condition).expect("quoted")),
            reason,
        );
    }
    let long = format!("condition: '{}1 > 0'", "1 > 0 && ".repeat(250));
    assert_refused("condition: size(facts.visits) >= 2", &long, "longer than 2000 bytes");
}

#[test]
fn deep_expressions_are_refused_without_exhausting_the_stack() {
    let around = |open: &str, close: &str, n: usize| format!("{}1{} == 1", open.repeat(n), close.repeat(n));
    let mut deep: Vec<_> = [("(", ")"), ("[", "]"), ("{1:", "}"), ("int(", ")")].map(|(a, b)| around(a, b, 200)).into();
    deep.extend(["-1", "==1", "[0]"].map(|chain| format!("1{}", chain.repeat(600))));
    deep.push(format!("{}true", "true?true:".repeat(150)));
    for condition in deep {
        let (line, errors) = broken("condition: size(facts.visits) >= 2", &format!("condition: '{condition}'"));
        assert!(errors.iter().any(|(at, _)| *at == line), "{condition}: {errors:?}");
    }
}

#[test]
fn everything_wrong_is_reported_at_once_in_order() {
    let yaml = readme_yaml()
        .replacen("after: 48h", "after: soon", 1)
        .replacen("policy: in_order", "policy: most", 1)
        .replacen("facts.discount_percent > 10", "facts.discount > 10", 1)
        .replacen("from: quoted, to: won", "from: quoted, to: wonn", 1);
    let errors = Definition::parse(&yaml).expect_err("refused").0;
    for reason in ["soon", "most", "\"discount\"", "wonn", "cannot be reached"] {
        assert!(errors.iter().any(|one| one.reason.en.contains(reason)), "{reason}: {errors:?}");
    }
    assert!(errors.is_sorted_by_key(|one| one.line));
}

#[test]
fn text_that_is_no_yaml() {
    for text in ["", "name: [", "- just\n- a list", "\t"] {
        assert!(!Definition::parse(text).expect_err("refused").0.is_empty(), "{text:?}");
    }
}
