//! What to do next about a receivable, as one sentence a rep can act on.

use chrono::{DateTime, FixedOffset, Timelike, Utc};
use kernel::Text;
use process::Definition;

use super::node::Node;
use super::receivable::Receivable;

const SHANGHAI_SECONDS: i32 = 8 * 3600;

/// How long a receivable has stood still beyond what is allowed, and the sentence about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NextStep {
    pub overdue_hours: i64,
    pub sentence: Text,
}

/// Such as "A 医院 卡在③ 已超时 36 h，今日 10 点前电话确认流程编号".
pub fn next_step(
    definition: &Definition,
    receivable: &Receivable,
    stalls_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> NextStep {
    let overdue_hours = (now - stalls_at).num_hours().max(0);
    let (company, mark) = (&receivable.company, receivable.node.mark());
    let (standing, until) = (standing(now, stalls_at, overdue_hours), until(now));
    let action = action(definition, receivable.node);
    let sentence = Text::new(
        format!("{company} {}{mark} {}，{}{}", standing.0.zh, standing.1.zh, until.zh, action.zh),
        format!("{company} {} {mark} {}: {}, {}", standing.0.en, standing.1.en, action.en, until.en),
    );
    NextStep { overdue_hours, sentence }
}

/// Where it stands, and for how long too long.
fn standing(now: DateTime<Utc>, stalls_at: DateTime<Utc>, overdue_hours: i64) -> (Text, Text) {
    if now >= stalls_at {
        let since = Text::new(format!("已超时 {overdue_hours} h"), format!("for {overdue_hours} h too long"));
        return (Text::new("卡在", "is stuck at"), since);
    }
    let left = (stalls_at - now).num_hours();
    (Text::new("在", "is at"), Text::new(format!("剩余 {left} h"), format!("with {left} h left")))
}

/// The next hour at which calling makes sense, in Shanghai.
fn until(now: DateTime<Utc>) -> Text {
    let hour = FixedOffset::east_opt(SHANGHAI_SECONDS).map_or(0, |offset| now.with_timezone(&offset).hour());
    match hour {
        0..=9 => Text::new("今日 10 点前", "before 10 o'clock today"),
        10..=16 => Text::new("今日 17 点前", "before 17 o'clock today"),
        _ => Text::new("明日 10 点前", "before 10 o'clock tomorrow"),
    }
}

/// What the move to this node put on somebody's list.
fn action(definition: &Definition, node: Node) -> Text {
    let mut reached = definition.transitions.iter().filter(|transition| transition.to == node.stage());
    let action = reached.find_map(|transition| transition.next_action.as_ref());
    action.map_or_else(|| Text::new("确认开票申请", "confirm the invoice application"), |action| action.title.clone())
}

#[cfg(test)]
mod tests {
    use chrono::Duration;

    use super::super::journey::tests::{definition, receivable};
    use super::*;

    #[test]
    fn the_sentence_names_who_where_how_long_and_what() {
        let receivable = receivable(Node::PurchasingStarted, 0);
        let stalls_at = DateTime::parse_from_rfc3339("2027-01-04T20:00:00Z").expect("valid").to_utc();
        let step = next_step(&definition(), &receivable, stalls_at, stalls_at + Duration::hours(29));
        assert_eq!(step.sentence.zh, "云杉医院 卡在③ 已超时 29 h，今日 10 点前电话确认流程编号与付款进度");
        assert_eq!(step.overdue_hours, 29);
        let early = next_step(&definition(), &receivable, stalls_at, stalls_at - Duration::hours(5));
        assert_eq!(early.sentence.zh, "云杉医院 在③ 剩余 5 h，明日 10 点前电话确认流程编号与付款进度");
    }
}
