use chrono::{TimeZone, Utc};
use process::calendar::WorkingHours;
use process::{Calendar, DeadlineClock};

use crate::support::opportunity;

#[test]
fn the_example_is_a_valid_definition() {
    let definition = opportunity();
    assert_eq!((definition.name.as_str(), definition.version), ("opportunity", 1));
    assert_eq!(definition.first_stage().expect("first").id, "qualified");
    let next: Vec<_> = definition.transitions_from("qualified").map(|one| one.to.as_str()).collect();
    assert_eq!(next, ["quoted", "lost"]);
}

#[test]
fn its_deadline_and_limit_are_due_on_their_clocks() {
    let calendar = Calendar::china(WorkingHours::default()).expect("valid");
    let definition = opportunity();
    let quoted = definition.transition("qualified", "quoted").expect("there");
    // Friday 2026-11-20, 17:00 in Shanghai.
    let friday = Utc.with_ymd_and_hms(2026, 11, 20, 9, 0, 0).unwrap();
    let follow_up = quoted.deadlines[0].due(&calendar, friday);
    assert_eq!(follow_up.at, Utc.with_ymd_and_hms(2026, 11, 22, 9, 0, 0).unwrap());
    let limit = quoted.approvals[0].limit.expect("limited");
    assert_eq!(limit.clock, DeadlineClock::Working);
    assert_eq!(limit.due(&calendar, friday).at, Utc.with_ymd_and_hms(2026, 11, 23, 2, 0, 0).unwrap());
}

#[test]
fn it_is_written_as_json_with_its_conditions_as_text() {
    let json = serde_json::to_value(opportunity()).expect("json");
    assert_eq!(json["transitions"][0]["gates"][0]["condition"], "size(facts.visits) >= 2");
}
